package dev.cardvault.api;

import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.ConnectInput;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contact flows of Amazon Connect, as the customer's Lambda function forwards them. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AmazonConnectTest {

  private static final String PAN = "4111111111111111";

  @Inject TestTenants tenants;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @SuppressWarnings("NullAway.Init")
  private Platforms.Made connector;

  @SuppressWarnings("NullAway.Init")
  private ConnectInput input;

  @BeforeEach
  void setUp() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      connector =
          Platforms.make(
              roles,
              "'kind':'amazon-connect','mode':'test','luhn_exemptions':['"
                  + Platforms.EXEMPT
                  + "']");
      input = keyOf(connector.answer(), 0);
    }
  }

  private static ConnectInput keyOf(Response answer, int index) {
    return new ConnectInput(
        answer.path("input_keys[" + index + "].certificate"),
        answer.path("input_keys[" + index + "].key_id"));
  }

  private Response post(String contact, String parameters) {
    return connector
        .basic()
        .contentType("application/json")
        .body(ConnectInput.event(contact, parameters))
        .post(connector.path());
  }

  private static String contact() {
    return "c-" + Platforms.unused();
  }

  @Test
  void everyPublishedTestCardGetsAToken() {
    for (String number : Platforms.published()) {
      post(
              contact(),
              "'card_number':'"
                  + input.encrypted(number)
                  + "','expiry':'"
                  + input.encrypted("1230")
                  + "','security_code':'"
                  + input.encrypted("987")
                  + "'")
          .then()
          .statusCode(200)
          .body("status", equalTo("completed"))
          .body("token", notNullValue())
          .body("last4", equalTo(number.substring(number.length() - 4)))
          .body("$", aMapWithSize(4));
    }
    post(contact(), "'card_number':'" + input.encrypted(Platforms.EXEMPT) + "'")
        .then()
        .body("status", equalTo("completed"));
  }

  @Test
  void keepsTheCallAndTheExpiry() {
    String contact = contact();
    Response answer = post(contact, "'card_number':'" + input.encrypted(PAN) + "','expiry':'1230'");
    roles
        .ivr()
        .get("/v1/tokens/{token}", answer.<String>path("token"))
        .then()
        .body("card.exp_month", equalTo(12))
        .body("card.exp_year", equalTo(2030));
    roles
        .compliance()
        .get("/v1/audit-events?call_id=" + contact)
        .then()
        .body("data[0].action", equalTo("TOKENIZE"))
        .body("data[0].client_id", equalTo(connector.id()));
  }

  @Test
  void decryptsUnderEitherKeyWhileTheyRotate() {
    Platforms.Made own = Platforms.make(roles, "'kind':'amazon-connect','mode':'test'");
    String keys = "/v1/connectors/" + own.id() + "/input-keys";
    Response two = roles.admin().body("{}").post(keys);
    String first = own.answer().path("input_keys[0].id");
    String oldName = own.answer().path("input_keys[0].key_id");
    ConnectInput old = keyOf(own.answer(), 0);
    int newest = first.equals(two.path("input_keys[0].id")) ? 1 : 0;
    roles
        .admin()
        .body("{\"key_id\":\"named-by-connect\"}")
        .patch(keys + "/" + two.path("input_keys[" + newest + "].id"));
    ConnectInput fresh =
        new ConnectInput(two.path("input_keys[" + newest + "].certificate"), "named-by-connect");
    assertTrue(!oldName.equals("named-by-connect"));
    for (ConnectInput key : new ConnectInput[] {old, fresh}) {
      assertEquals("completed", status(own, key.encrypted(PAN)));
    }
    roles.admin().delete(keys + "/" + first).then().statusCode(204);
    assertEquals("input-key-unknown", status(own, old.encrypted(PAN)));
    assertEquals("completed", status(own, fresh.encrypted(PAN)));
  }

  private static String status(Platforms.Made connector, String encrypted) {
    return connector
        .basic()
        .contentType("application/json")
        .body(ConnectInput.event(contact(), "'card_number':'" + encrypted + "'"))
        .post(connector.path())
        .path("status");
  }

  @Test
  void tellsAFlippedBitAWrongKeyAndATimeOutApart() {
    byte[] flipped = input.bytes(PAN);
    for (int at : new int[] {0, 10, flipped.length / 2, flipped.length - 1}) {
      byte[] broken = flipped.clone();
      broken[at] ^= 1;
      String status = status(connector, Base64.getEncoder().encodeToString(broken));
      assertTrue(
          Set.of("input-unreadable", "input-key-unknown").contains(status), at + " " + status);
    }
    byte[] last = flipped.clone();
    last[last.length - 1] ^= 1;
    assertEquals("input-unreadable", status(connector, Base64.getEncoder().encodeToString(last)));
    ConnectInput renamed =
        new ConnectInput(connector.answer().path("input_keys[0].certificate"), "another");
    assertEquals("input-key-unknown", status(connector, renamed.encrypted(PAN)));
    Platforms.Made stranger = Platforms.make(roles, "'kind':'amazon-connect','mode':'test'");
    ConnectInput otherKey =
        new ConnectInput(
            stranger.answer().path("input_keys[0].certificate"),
            connector.answer().path("input_keys[0].key_id"));
    assertEquals("input-unreadable", status(connector, otherKey.encrypted(PAN)));
    assertEquals("input-timeout", status(connector, "Timeout"));
    Response answer = post(contact(), "'card_number':'Timeout'");
    assertEquals(200, answer.statusCode());
    Refusal.assertTellsNothing(answer.asString());
    answer.then().body("$", aMapWithSize(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'card_number':'%%%'|input-unreadable",
        "'card_number':''|input-unreadable",
        "'card_number':'AAAA'|input-unreadable",
        "'card_number':'4111111111111111'|pan-in-metadata",
        "'card_number':'E','expiry':'Timeout'|input-timeout",
        "'card_number':'E','expiry':'13aa'|input-unreadable",
        "'card_number':'E','expiry':'1330'|invalid-field",
        "'card_number':'E','expiry':'0120'|card-expired",
        "'card_number':'E','attempt':'a b'|invalid-field",
        "'x':'E'|missing-field",
        "'card_number':7|pan-in-metadata-or-malformed",
      })
  void tellsWhyThereIsNoToken(String parameters, String status) {
    Response answer = post(contact(), parameters.replace("'E'", "'" + input.encrypted(PAN) + "'"));
    answer.then().statusCode(200);
    String told = answer.path("status");
    assertTrue(
        told.equals(status) || (status.endsWith("malformed") && told.equals("malformed-json")),
        told);
    Refusal.assertTellsNothing(answer.asString());
  }

  @ParameterizedTest
  @CsvSource({
    "4111111111111112,luhn-failed",
    "41111111,length-invalid",
    "4111x11111111111,invalid-characters",
    "4000010000000001,test-card-required",
    "000000000000000000000,length-invalid"
  })
  void holdsWhatWasKeyedToTheRules(String keyed, String status) {
    assertEquals(status, status(connector, input.encrypted(keyed)));
  }

  @Test
  @FaultCase(51)
  void aContactThatIsSentAgainHasOneTokenAndAnotherCardIsAnotherAttempt() {
    String contact = contact();
    String first = post(contact, card(PAN, "1")).path("token");
    assertEquals(first, post(contact, card(PAN, "1")).path("token"));
    assertEquals(
        "duplicate-transaction", post(contact, card("5555555555554444", "1")).path("status"));
    assertEquals("completed", post(contact, card("5555555555554444", "2")).path("status"));
  }

  private String card(String number, String attempt) {
    return "'card_number':'" + input.encrypted(number) + "','attempt':'" + attempt + "'";
  }

  @Test
  void anythingButAContactFlowEventIsRefused() {
    Map.of(
            "{\"Name\":\"canaryZx91\",\"Details\":{}}", "invalid-field",
            "{\"Name\":\"ContactFlowEvent\"}", "missing-field",
            "{\"Name\":\"ContactFlowEvent\",\"Details\":{\"Parameters\":{}}}", "missing-field",
            "[]", "malformed-json")
        .forEach(
            (body, status) ->
                connector
                    .basic()
                    .contentType("application/json")
                    .body(body)
                    .post(connector.path())
                    .then()
                    .statusCode(200)
                    .body("status", equalTo(status)));
  }

  @Test
  void theContractHoldsEveryAnswer() {
    Roles.anonymous()
        .auth()
        .preemptive()
        .basic(connector.username(), connector.password())
        .body(ConnectInput.event(contact(), "'card_number':'" + input.encrypted(PAN) + "'"))
        .post(connector.path())
        .then()
        .statusCode(200)
        .body("status", equalTo("completed"));
    Roles.anonymous()
        .body("{}")
        .post(connector.path())
        .then()
        .statusCode(401)
        .body("status", equalTo("missing-credential"));
  }
}
