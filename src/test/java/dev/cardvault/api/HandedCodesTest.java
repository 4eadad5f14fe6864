package dev.cardvault.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.ConnectInput;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Security codes that come with cards: dropped, or kept for one use where a connector asks. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
final class HandedCodesTest {

  private static final String PAN = "4111111111111111";
  private static final String AMEX = "378282246310005";
  private static final String FORM = "application/x-www-form-urlencoded";

  @Inject TestTenants tenants;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @BeforeEach
  void makeATenant() {
    roles = Roles.ofNewTenant(tenants);
  }

  private Platforms.Made connector(String rest) {
    return Platforms.make(roles, rest + ",'mode':'test','keeps_security_code':true");
  }

  private Platforms.Made pay() {
    return connector("'kind':'pay-connector','vendor':'twilio'");
  }

  private static Response post(Platforms.Made connector, String type, String body) {
    return connector.basic().contentType(type).body(body).post(connector.path());
  }

  /** With {@code code} as JSON. */
  private static String payBody(String transaction, String number, String code) {
    return Platforms.payBody("twilio", transaction, number)
        .replaceFirst("\"cvv\":\"[0-9]*\"", "\"cvv\":" + code);
  }

  private static String pay(
      Platforms.Made connector, String transaction, String number, String code) {
    String body = payBody(transaction, number, "\"" + code + "\"");
    Response answer = post(connector, "application/json", body);
    answer.then().statusCode(200).body("error_code", nullValue());
    return answer.path("token_id");
  }

  private Response consume(String token) {
    return roles.billing().post("/v1/tokens/" + token + "/security-code/consume");
  }

  private void assertHandedOutOnce(String token, String code) {
    consume(token).then().statusCode(200).body("security_code", equalTo(code));
    consume(token).then().statusCode(410).body("code", equalTo("security-code-used"));
  }

  @Test
  void aPayConnectorsCodeIsHandedOutOnce() {
    Platforms.Made connector = pay();
    assertHandedOutOnce(pay(connector, "t-1", PAN, "987"), "987");
    assertHandedOutOnce(pay(connector, "t-2", AMEX, "9876"), "9876");
  }

  @Test
  void aRepeatDoesNotBringACodeBack() {
    Platforms.Made connector = pay();
    String token = pay(connector, "t-1", PAN, "987");
    assertHandedOutOnce(token, "987");
    assertEquals(token, pay(connector, "t-1", PAN, "987"));
    consume(token).then().statusCode(410);
    assertEquals(token, pay(connector, "t-2", PAN, "654"), "another call, the same card");
    assertHandedOutOnce(token, "654");
  }

  @Test
  void aFormsCodeIsHandedOutOnce() {
    Platforms.Made form = connector("'kind':'form'");
    Response answer = post(form, FORM, "cardnumber=" + PAN + "&security_code=987&call_id=v1");
    answer.then().statusCode(200).body("result.status", equalTo("completed"));
    assertHandedOutOnce(answer.xmlPath().getString("result.token"), "987");
  }

  @Test
  void anAmazonConnectsCodeIsHandedOutOnce() {
    Platforms.Made connect = connector("'kind':'amazon-connect'");
    ConnectInput input =
        new ConnectInput(
            connect.answer().path("input_keys[0].certificate"),
            connect.answer().path("input_keys[0].key_id"));
    String parameters =
        "'card_number':'%s','security_code':'%s'".formatted(input.encrypted(PAN), "%s");
    Response answer =
        post(
            connect,
            "application/json",
            ConnectInput.event("c-1", parameters.formatted(input.encrypted("987"))));
    answer.then().statusCode(200).body("status", equalTo("completed"));
    assertHandedOutOnce(answer.path("token"), "987");

    Response silent =
        post(
            connect,
            "application/json",
            ConnectInput.event("c-2", parameters.formatted("Timeout")));
    silent.then().body("status", equalTo("completed"));
    consume(silent.path("token")).then().statusCode(410);
    post(connect, "application/json", ConnectInput.event("c-3", parameters.formatted("987")))
        .then()
        .body("status", equalTo("input-unreadable"));
  }

  @Test
  void dropsCodesThatNobodyAskedFor() {
    Platforms.Made connector =
        Platforms.make(roles, "'kind':'pay-connector','vendor':'twilio','mode':'test'");
    String token = pay(connector, "t-1", PAN, "987");
    consume(token).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({"4111111111111111,9876", "378282246310005,987", "4111111111111111,9x7"})
  void refusesACodeThatNoSuchCardHas(String number, String code) {
    Platforms.Made connector = pay();
    String body = payBody("t-1", number, "\"" + code + "\"");
    post(connector, "application/json", body)
        .then()
        .statusCode(200)
        .body("token_id", nullValue())
        .body("error_code", equalTo("invalid_field"));
  }

  @Test
  void aCardWithoutACodeIsACardAllTheSame() {
    Platforms.Made connector = pay();
    for (String none : new String[] {"\"\"", "null", "987", "{}", "[\"987\"]"}) {
      String body = payBody("t-" + none.length() + none.hashCode(), PAN, none);
      Response answer = post(connector, "application/json", body);
      answer.then().body("error_code", nullValue());
      consume(answer.path("token_id")).then().statusCode(404);
    }
  }

  @Test
  void aKeypadHasACodeAmongItsFieldsInstead() {
    roles
        .admin()
        .body(
            "{\"name\":\"pbx\",\"kind\":\"fastagi\",\"mode\":\"test\",\"keeps_security_code\":true}")
        .post("/v1/connectors")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", equalTo("/keeps_security_code"));
  }
}
