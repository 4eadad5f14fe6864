package dev.cardvault.api;

import static dev.cardvault.api.House.as;
import static dev.cardvault.api.House.withBody;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.Scope;
import dev.cardvault.clients.FirstTenant.Role;
import dev.cardvault.clients.TokenForge;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Cases 38 and 40 of the fault list, over HTTP. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
class CallerFilterTest {

  private static final Duration FELT_EVERYWHERE = Duration.ofSeconds(5);

  @Inject House house;
  @Inject TokenForge forge;

  private House.Tenant tenant;

  @BeforeEach
  void makeTenant() {
    tenant = house.newTenant();
  }

  @Test
  void asksForACredential() {
    given()
        .get("/v1/clients")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("missing-credential"));
  }

  @ParameterizedTest
  @CsvSource({"Bearer", "Bearer abc", "bearer a.b.c", "Basic YTpi", "Token abc", "'Bearer a b'"})
  void refusesWhatIsNoAccessToken(String header) {
    given()
        .header("Authorization", header)
        .get("/v1/clients")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Bearer"))
        .body("code", equalTo("invalid-credential"));
  }

  @Test
  void refusesTwoCredentials() {
    String token = tenant.token(Role.ADMIN);
    given()
        .header("Authorization", "Bearer " + token, "Bearer " + token)
        .get("/v1/clients")
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid-credential"));
  }

  @Test
  void readsTheSchemeInAnyCase() {
    given()
        .header("Authorization", "bEARER " + tenant.token(Role.ADMIN))
        .get("/v1/clients")
        .then()
        .statusCode(200);
  }

  // A longer one than headers may be is cut off by HTTP; AccessTokensTest tries a megabyte.
  @Test
  void refusesATokenAsLongAsAHeaderMayBe() {
    given()
        .header("Authorization", "Bearer " + "A".repeat(12_000))
        .get("/v1/clients")
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid-credential"));
  }

  @Test
  void tellsAnExpiredTokenFromAForgedOne() {
    var admin = tenant.secret(Role.ADMIN);
    String good =
        forge.endingAt(Instant.now().plusSeconds(60), tenant.id(), admin, Scope.CLIENTS_WRITE);
    String old =
        forge.endingAt(Instant.now().minusSeconds(60), tenant.id(), admin, Scope.CLIENTS_WRITE);

    as(good).get("/v1/clients").then().statusCode(200);
    as(old).get("/v1/clients").then().statusCode(401).body("code", equalTo("expired-credential"));
  }

  @Test
  void refusesATokenOfAnotherTenantsKey() {
    House.Tenant other = house.newTenant();
    String forged =
        forge.endingAt(
            Instant.now().plusSeconds(60),
            other.id(),
            tenant.secret(Role.ADMIN),
            Scope.CLIENTS_WRITE);
    as(forged)
        .get("/v1/clients")
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid-credential"));
  }

  @ParameterizedTest
  @EnumSource(value = Role.class, names = "ADMIN", mode = EnumSource.Mode.EXCLUDE)
  void letsNobodyButTheAdministratorAtClients(Role role) {
    String token = tenant.token(role);
    String id = tenant.clientId(role);
    for (int i = 0; i < 2; i++) {
      as(token).get("/v1/clients").then().statusCode(403).body("code", equalTo("scope-missing"));
    }
    as(token).get("/v1/clients/" + id).then().statusCode(403);
    withBody(token, "{}").post("/v1/clients").then().statusCode(403);
    withBody(token, "{}").patch("/v1/clients/" + id).then().statusCode(403);
    withBody(token, "{}").post("/v1/clients/" + id + "/suspend").then().statusCode(403);
    withBody(token, "{}").post("/v1/clients/" + id + "/resume").then().statusCode(403);
    withBody(token, "{}").post("/v1/clients/" + id + "/rotate").then().statusCode(403);
    withBody(token, "{}").post("/v1/clients/" + id + "/credentials").then().statusCode(403);
    as(token).delete("/v1/clients/" + id + "/credentials/x").then().statusCode(403);

    Eventually.await(
        "the refusals are in the log",
        FELT_EVERYWHERE,
        () ->
            tenant.events().stream()
                    .filter(e -> e.startsWith("ACCESS_DENIED DENIED scope-missing " + id))
                    .count()
                == 10);
  }

  @Test
  void allowsNoMoreThanTheAccessTokenSays() {
    var admin = tenant.secret(Role.ADMIN);
    String narrow =
        forge.endingAt(Instant.now().plusSeconds(60), tenant.id(), admin, Scope.TOKENS_READ);
    as(narrow).get("/v1/clients").then().statusCode(403).body("code", equalTo("scope-missing"));
  }

  @Test
  void feelsASuspensionOnAnotherNodeWithinFiveSeconds() {
    String token = tenant.token(Role.ADMIN);
    as(token).get("/v1/clients").then().statusCode(200);

    tenant.change(
        "UPDATE client SET status = 'suspended' WHERE id = ?", tenant.clientId(Role.ADMIN));

    Eventually.await("the suspension is felt", FELT_EVERYWHERE, () -> statusOf(token) == 403);
    as(token).get("/v1/clients").then().body("code", equalTo("client-suspended"));
    House.logIn(tenant.clientId(Role.ADMIN), tenant.secret(Role.ADMIN).secret().reveal())
        .statusCode(401);
  }

  @Test
  void feelsARevokedCredentialOnAnotherNodeWithinFiveSeconds() {
    String token = tenant.token(Role.ADMIN);
    as(token).get("/v1/clients").then().statusCode(200);

    tenant.change(
        "UPDATE client_credential SET revoked_at = now() WHERE id = ?",
        tenant.secret(Role.ADMIN).credentialId());

    Eventually.await("the revocation is felt", FELT_EVERYWHERE, () -> statusOf(token) == 401);
    House.logIn(tenant.clientId(Role.ADMIN), tenant.secret(Role.ADMIN).secret().reveal())
        .statusCode(401);
  }

  @Test
  void feelsALostScopeOnAnotherNodeWithinFiveSeconds() {
    String token = tenant.token(Role.ADMIN);
    as(token).get("/v1/clients").then().statusCode(200);

    tenant.change(
        "UPDATE client SET scopes = '{tokens:read}' WHERE id = ?", tenant.clientId(Role.ADMIN));

    Eventually.await("the scope is gone", FELT_EVERYWHERE, () -> statusOf(token) == 403);
    as(token).get("/v1/clients").then().body("code", equalTo("scope-missing"));
  }

  @Test
  void refusesACallFromElsewhere() {
    String token = tenant.token(Role.ADMIN);
    tenant.change(
        "UPDATE client SET networks = '{203.0.113.0/24}' WHERE id = ?",
        tenant.clientId(Role.ADMIN));

    Eventually.await("the network counts", FELT_EVERYWHERE, () -> statusOf(token) == 403);
    as(token)
        .header("X-Forwarded-For", "203.0.113.7")
        .header("Forwarded", "for=203.0.113.7")
        .get("/v1/clients")
        .then()
        .statusCode(403)
        .body("code", equalTo("network-denied"));
  }

  @Test
  void keepsAClientToItsRate() {
    String token = tenant.token(Role.ADMIN);
    tenant.change(
        "UPDATE client SET requests_per_second = 2 WHERE id = ?", tenant.clientId(Role.ADMIN));

    Eventually.await("the rate counts", FELT_EVERYWHERE, () -> statusOf(token) == 429);
    Eventually.await(
        "the rate is told",
        FELT_EVERYWHERE,
        () -> {
          var answer = as(token).get("/v1/clients");
          return answer.statusCode() == 429
              && answer.jsonPath().getString("code").equals("rate-limited")
              && "1".equals(answer.header("Retry-After"));
        });
  }

  @Test
  void namesTheRequestInTheAnswerAndTheLog() {
    String wish = "req-" + UUID.randomUUID();
    as(tenant.token(Role.IVR))
        .header("X-Request-Id", wish)
        .get("/v1/clients")
        .then()
        .statusCode(403)
        .header("X-Request-Id", equalTo(wish))
        .body("request_id", equalTo(wish));
  }

  @Test
  void takesNoCardNumberAsTheNameOfARequest() {
    String pan = "4111111111111111";
    String given =
        as("x").header("X-Request-Id", "a-" + pan).get("/v1/clients").header("X-Request-Id");
    assertTrue(!given.contains(pan));
    assertEquals(36, given.length());
  }

  private static int statusOf(String token) {
    return as(token).get("/v1/clients").statusCode();
  }
}
