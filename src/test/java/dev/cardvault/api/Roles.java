package dev.cardvault.api;

import static io.restassured.RestAssured.given;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import io.restassured.config.EncoderConfig;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/**
 * The clients of a tenant, logged in: who makes and reads tokens, who sees cards, who watches, who
 * rules.
 */
final class Roles {

  // RestAssured adds a charset to content types unless it is told not to.
  private static final RestAssuredConfig AS_GIVEN =
      RestAssuredConfig.config()
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                  .defaultContentCharset("UTF-8"));

  private final TenantId tenant;
  private final String ivr;
  private final String billing;
  private final String compliance;
  private final String admin;

  private Roles(TestTenants tenants) {
    Caller owner = tenants.newTenant();
    tenant = owner.tenant();
    ivr =
        logIn(
            tenants.newClient(
                owner, Scope.TOKENS_CREATE, Scope.TOKENS_READ, Scope.CAPTURES_CONTROL));
    billing =
        logIn(
            tenants.newClient(
                owner,
                Scope.TOKENS_CREATE,
                Scope.TOKENS_READ,
                Scope.TOKENS_LOOKUP,
                Scope.TOKENS_DETOKENIZE));
    compliance =
        logIn(tenants.newClient(owner, Scope.AUDIT_READ, Scope.AUDIT_EXPORT, Scope.REVIEWS_ATTEST));
    admin =
        logIn(
            tenants.newClient(
                owner,
                Scope.CLIENTS_WRITE,
                Scope.KEYS_ROTATE,
                Scope.TOKENS_READ,
                Scope.TOKENS_UPDATE,
                Scope.TOKENS_ERASE,
                Scope.PRIVACY_MANAGE));
  }

  /** The clients of a new tenant. */
  static Roles ofNewTenant(TestTenants tenants) {
    return new Roles(tenants);
  }

  TenantId tenant() {
    return tenant;
  }

  RequestSpecification ivr() {
    return as(ivr);
  }

  RequestSpecification billing() {
    return as(billing);
  }

  RequestSpecification compliance() {
    return as(compliance);
  }

  RequestSpecification admin() {
    return as(admin);
  }

  /** The access token of the client that makes tokens, for requests on a socket of one's own. */
  String ivrToken() {
    return ivr;
  }

  static RequestSpecification anonymous() {
    return given().config(AS_GIVEN).filter(Contract.INSTANCE).contentType("application/json");
  }

  /** The headers go first: who sends a long body along may be cut off while still writing it. */
  static RequestSpecification headersFirst(RequestSpecification request) {
    return request.config(
        AS_GIVEN.httpClient(
            HttpClientConfig.httpClientConfig().setParam("http.protocol.expect-continue", true)));
  }

  private static RequestSpecification as(String accessToken) {
    return anonymous().header("Authorization", "Bearer " + accessToken);
  }

  private static String logIn(TestTenants.Login login) {
    return given()
        .filter(Contract.INSTANCE)
        .contentType(ContentType.URLENC)
        .auth()
        .preemptive()
        .basic(login.id(), login.secret())
        .formParam("grant_type", "client_credentials")
        .post("/oauth2/token")
        .then()
        .statusCode(200)
        .extract()
        .path("access_token");
  }
}
