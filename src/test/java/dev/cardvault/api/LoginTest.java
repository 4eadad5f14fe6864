package dev.cardvault.api;

import static dev.cardvault.api.House.as;
import static dev.cardvault.api.House.logIn;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.clients.FirstTenant.Role;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class LoginTest {

  private static final String WRONG = "cvs_00000000-0000-7000-8000-000000000000_" + "A".repeat(43);

  @Inject House house;
  @Inject MeterRegistry meters;

  private House.Tenant tenant;

  @BeforeEach
  void makeTenant() {
    tenant = house.newTenant();
  }

  @Test
  void givesAnAccessTokenForASecret() {
    logIn(tenant.clientId(Role.IVR), tenant.secret(Role.IVR).secret().reveal())
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(900))
        .body("scope", equalTo("captures:control tokens:create tokens:read"))
        .body("access_token", notNullValue());

    assertTrue(
        tenant.events().contains("LOGIN GRANTED - " + tenant.clientId(Role.IVR) + " -"),
        () -> tenant.events().toString());
  }

  @Test
  void takesTheSecretFromTheFormToo() {
    form(Role.IVR).post("/oauth2/token").then().statusCode(200);
  }

  @Test
  void givesFewerScopesWhenAsked() {
    form(Role.IVR)
        .formParam("scope", "tokens:read")
        .post("/oauth2/token")
        .then()
        .statusCode(200)
        .body("scope", equalTo("tokens:read"));
  }

  @ParameterizedTest
  @CsvSource({
    "tokens:detokenize",
    "tokens:everything",
    "'tokens:read  tokens:create'",
    "TOKENS:READ"
  })
  void givesNoScopeTheClientLacks(String scope) {
    form(Role.IVR)
        .formParam("scope", scope)
        .post("/oauth2/token")
        .then()
        .statusCode(400)
        .header("Cache-Control", "no-store")
        .body("error", equalTo("invalid_scope"));
  }

  @Test
  void refusesOtherGrants() {
    refused(credentials(Role.IVR).formParam("grant_type", "password"), 400)
        .body("error", equalTo("unsupported_grant_type"));
  }

  @Test
  void refusesMalformedRequests() {
    refused(credentials(Role.IVR), 400).body("error", equalTo("invalid_request"));
    refused(form(Role.IVR).formParam("grant_type", "client_credentials"), 400)
        .body("error", equalTo("invalid_request"));
    refused(
            form(Role.IVR)
                .auth()
                .preemptive()
                .basic(tenant.clientId(Role.IVR), tenant.secret(Role.IVR).secret().reveal()),
            400)
        .body("error", equalTo("invalid_request"));
  }

  @Test
  void takesNothingButForms() {
    given().contentType("application/json").body("{}").post("/oauth2/token").then().statusCode(415);
  }

  @ParameterizedTest
  @CsvSource({"Bearer abc", "Basic", "Basic !!!", "Basic YWJj", "Basic OnNlY3JldA==", "''"})
  void refusesStrangeCredentials(String header) {
    refused(
            given().header("Authorization", header).formParam("grant_type", "client_credentials"),
            401)
        .body("error", equalTo("invalid_client"));
  }

  @Test
  void answersAnUnknownClientAsItDoesAWrongSecret() {
    String unknown = "cli_" + UUID.randomUUID();
    long before = hashes();
    ValidatableResponse nobody = logIn(unknown, WRONG);
    long between = hashes();
    ValidatableResponse wrong = logIn(tenant.clientId(Role.IVR), WRONG);
    long after = hashes();
    ValidatableResponse garbled = logIn(tenant.clientId(Role.IVR), "hunter2");

    assertEquals(1, between - before);
    assertEquals(1, after - between);
    assertEquals(1, hashes() - after);
    for (ValidatableResponse response : new ValidatableResponse[] {nobody, wrong, garbled}) {
      response
          .statusCode(401)
          .header("WWW-Authenticate", startsWith("Basic"))
          .header("Cache-Control", "no-store")
          .body("error", equalTo("invalid_client"));
      assertEquals(nobody.extract().asString(), response.extract().asString());
    }
  }

  @Test
  void takesNoOtherClientsSecret() {
    logIn(tenant.clientId(Role.IVR), tenant.secret(Role.BILLING).secret().reveal()).statusCode(401);
    House.Tenant other = house.newTenant();
    logIn(tenant.clientId(Role.IVR), other.secret(Role.IVR).secret().reveal()).statusCode(401);
  }

  @Test
  void locksAClientOutAfterTenFailuresAndTellsTheLog() {
    String ivr = tenant.clientId(Role.IVR);
    for (int i = 0; i < 10; i++) {
      logIn(ivr, WRONG).statusCode(401);
    }
    long before = hashes();
    logIn(ivr, tenant.secret(Role.IVR).secret().reveal())
        .statusCode(429)
        .header("Retry-After", notNullValue());
    assertEquals(before, hashes());
    tenant.token(Role.BILLING);

    Eventually.await(
        "the failures are in the log",
        Duration.ofSeconds(20),
        () ->
            tenant.events().stream()
                        .filter(e -> e.startsWith("LOGIN DENIED invalid-credential " + ivr))
                        .count()
                    == 9
                && tenant.events().contains("LOGIN DENIED rate-limited " + ivr + " -"));
  }

  @Test
  void takesAnAccessTokenBack() {
    String token = tenant.token(Role.ADMIN);
    as(token).get("/v1/clients").then().statusCode(200);

    credentials(Role.ADMIN).formParam("token", token).post("/oauth2/revoke").then().statusCode(200);

    as(token).get("/v1/clients").then().statusCode(401).body("code", equalTo("invalid-credential"));
    as(tenant.token(Role.ADMIN)).get("/v1/clients").then().statusCode(200);
  }

  @Test
  void takesNobodyElsesTokenBack() {
    String token = tenant.token(Role.ADMIN);
    refused(credentials(Role.IVR).formParam("token", token), "/oauth2/revoke", 400)
        .body("error", equalTo("unauthorized_client"));
    as(token).get("/v1/clients").then().statusCode(200);
  }

  @Test
  void callsAForeignTokenAsGoodAsRevoked() {
    credentials(Role.IVR).formParam("token", "abc").post("/oauth2/revoke").then().statusCode(200);
  }

  @Test
  void showsNoSecretWhenItRefuses() {
    String secret = tenant.secret(Role.IVR).secret().reveal();
    String random = secret.substring(secret.length() - 43);
    String answer = logIn("cli_nobody", secret).statusCode(401).extract().asString();
    assertFalse(answer.contains(random));
    assertFalse(tenant.secret(Role.IVR).toString().contains(random));
  }

  private long hashes() {
    return meters.get("cardvault.login.hashing").timer().count();
  }

  private RequestSpecification credentials(Role role) {
    return given()
        .formParam("client_id", tenant.clientId(role))
        .formParam("client_secret", tenant.secret(role).secret().reveal());
  }

  private RequestSpecification form(Role role) {
    return credentials(role).formParam("grant_type", "client_credentials");
  }

  private static ValidatableResponse refused(RequestSpecification request, int status) {
    return refused(request, "/oauth2/token", status);
  }

  private static ValidatableResponse refused(
      RequestSpecification request, String path, int status) {
    return request
        .post(path)
        .then()
        .statusCode(status)
        .contentType(containsString("application/json"))
        .header("Cache-Control", "no-store");
  }
}
