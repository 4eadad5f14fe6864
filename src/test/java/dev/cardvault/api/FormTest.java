package dev.cardvault.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms, as VoiceXML browsers and FreeSWITCH's mod_httapi submit them. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FormTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CARD = "cardnumber=4111111111111111&expiry=1230&call_id=v1";

  @Inject TestTenants tenants;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @SuppressWarnings("NullAway.Init")
  private Platforms.Made data;

  @SuppressWarnings("NullAway.Init")
  private Platforms.Made voiceXml;

  @SuppressWarnings("NullAway.Init")
  private Platforms.Made httapi;

  @BeforeEach
  void setUp() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      data = form("data");
      voiceXml = form("voicexml");
      httapi = form("httapi");
    }
  }

  private Platforms.Made form(String answer) {
    return Platforms.make(
        roles,
        "'kind':'form','mode':'test','answer':'"
            + answer
            + "','luhn_exemptions':['"
            + Platforms.EXEMPT
            + "']");
  }

  private static Response post(Platforms.Made connector, String body) {
    return connector.basic().contentType(FORM).body(body).post(connector.path());
  }

  @Test
  void everyPublishedTestCardGetsAToken() {
    for (String number : Platforms.published()) {
      post(data, "cardnumber=" + number + "&expiry=1230&cvv=987&call_id=v1&zip=90210")
          .then()
          .statusCode(200)
          .header("Cache-Control", "no-store")
          .contentType(startsWith("text/xml"))
          .body("result.status", equalTo("completed"))
          .body("result.last4", equalTo(number.substring(number.length() - 4)));
    }
    post(data, "cardnumber=" + Platforms.EXEMPT + "&call_id=v1")
        .then()
        .body("result.status", equalTo("completed"));
  }

  @Test
  void answersAVoiceXmlBrowserWithADialogThatReturns() {
    Response answer = post(voiceXml, CARD);
    answer.then().statusCode(200).contentType("application/voicexml+xml");
    String document = answer.asString();
    assertTrue(document.contains("<var name=\"status\" expr=\"'completed'\""), document);
    assertTrue(document.contains("<return namelist=\"status token brand last4\""), document);
    String refused = post(voiceXml, CARD.replace("1111&", "1112&")).asString();
    assertTrue(refused.contains("expr=\"'refused'\""), refused);
    assertTrue(refused.contains("expr=\"'luhn_failed'\""), refused);
  }

  @Test
  void setsFreeSwitchsChannelVariablesAndLetsTheDialplanGoOn() {
    post(
            httapi,
            "session_id=4f0c&hostname=pbx&Caller-ANI=%2B4007000000027&exiting=false&"
                + CARD.replace("1111111111111111", "1111-1111+1111%201111"))
        .then()
        .statusCode(200)
        .contentType(startsWith("text/xml"))
        .body("document.@type", equalTo("xml/freeswitch-httapi"))
        .body("document.variables.vault_status", equalTo("completed"))
        .body("document.variables.vault_last4", equalTo("1111"))
        .body("document.work.break.size()", equalTo(1));
  }

  @Test
  void keepsCallAndExpiry() {
    String call = "v-" + Platforms.unused();
    String token =
        post(data, "cardnumber=4242424242424242&expiry=1230&call_id=" + call).path("result.token");
    roles.ivr().get("/v1/tokens/{token}", token).then().body("card.exp_month", equalTo(12));
    roles
        .compliance()
        .get("/v1/audit-events?call_id=" + call)
        .then()
        .body("data[0].client_id", equalTo(data.id()));
  }

  @Test
  @FaultCase(51)
  void aTransactionThatIsSentAgainHasOneToken() {
    String again = "&transaction_id=f-" + Platforms.unused();
    assertEquals(
        post(data, CARD + again).<String>path("result.token"),
        post(data, CARD + again).<String>path("result.token"));
    post(data, CARD.replace("4111111111111111", "5555555555554444") + again)
        .then()
        .statusCode(200)
        .body("result.code", equalTo("duplicate_transaction"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cardnumber=4111111111111112&call_id=1|luhn_failed",
        "cardnumber=4111&call_id=1|length_invalid",
        "cardnumber=&call_id=1|length_invalid",
        "cardnumber&call_id=1|length_invalid",
        "call_id=1|missing_field",
        "cardnumber=4111111111111111|missing_field",
        "cardnumber=4111111111111111&call_id=|invalid_field",
        "cardnumber=4111111111111111&call_id=4111111111111111|pan_in_metadata",
        "cardnumber=4111111111111111&call_id=a%00b|invalid_field",
        "cardnumber=4111111111111111&call_id=1&call_id=2|malformed_form",
        "cardnumber=4111111111111111&cardnumber=4111111111111111&call_id=1|malformed_form",
        "cardnumber=4111111111111111&call_id=1&expiry=13|invalid_field",
        "cardnumber=4111111111111111&call_id=1&expiry=1330|invalid_field",
        "cardnumber=4111111111111111&call_id=1&expiry=0120|card_expired",
        "cardnumber=4000010000000001&call_id=1|test_card_required",
        "cardnumber=411111111111111%&call_id=1|malformed_form",
        "cardnumber=411111111111111%4&call_id=1|malformed_form",
        "cardnumber=411111111111111%zz&call_id=1|malformed_form",
        "cardnumber=%EF%BC%94111111111111111&call_id=1|invalid_characters",
        "cardnumber=4111111111111111%00&call_id=1|invalid_characters",
        "cardnumber=%2B4111111111111111&call_id=1|invalid_characters",
      })
  @FaultCase({30, 34})
  void tellsWhyThereIsNoToken(String body, String code) {
    Response answer = post(data, body);
    answer
        .then()
        .statusCode(200)
        .contentType(startsWith("text/xml"))
        .body("result.status", equalTo("refused"))
        .body("result.code", equalTo(code));
    Refusal.assertTellsNothing(answer.asString());
    assertFalse(answer.asString().contains("411111"));
  }

  @Test
  void takesAHundredFieldsAndNotAThousand() {
    assertEquals("completed", post(data, "x=1&".repeat(100) + CARD).path("result.status"));
    assertEquals("malformed_form", post(data, "x=1&".repeat(1000) + CARD).path("result.code"));
  }
}
