package dev.cardvault.api;

import static dev.cardvault.api.House.as;
import static dev.cardvault.api.House.tokenFor;
import static dev.cardvault.api.House.withBody;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.clients.FirstTenant.Role;
import dev.cardvault.testing.Backing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class ClientResourceTest {

  @Inject House house;

  private House.Tenant tenant;
  private String admin;

  @BeforeEach
  void logIn() {
    tenant = house.newTenant();
    admin = tenant.token(Role.ADMIN);
  }

  @Test
  void makesAClientThatCanLogIn() {
    var made =
        create(
                """
                {"name": "dialer", "scopes": ["tokens:create", "tokens:detokenize"],
                 "reveal_levels": ["masked", "full"], "purposes": ["charge"],
                 "networks": ["127.0.0.0/8", "2001:db8::/32"],
                 "hours": {"from": "00:00", "to": "23:59", "zone": "Europe/Vienna"},
                 "requests_per_second": 50, "reveals_per_day": 1000}
                """)
            .statusCode(201)
            .header("Cache-Control", "no-store")
            .body("object", equalTo("client"))
            .body("id", startsWith("cli_"))
            .body("status", equalTo("active"))
            .body("scopes", contains("tokens:create", "tokens:detokenize"))
            .body("reveal_levels", contains("full", "masked"))
            .body("purposes", contains("charge"))
            .body("networks", hasSize(2))
            .body("hours.zone", equalTo("Europe/Vienna"))
            .body("requests_per_second", equalTo(50))
            .body("reveals_per_day", equalTo(1000))
            .body("credentials", hasSize(1))
            .body("credentials[0].status", equalTo("active"))
            .body("created_by", equalTo(tenant.clientId(Role.ADMIN)))
            .body("client_secret", startsWith("cvs_"))
            .extract();
    String id = made.path("id");
    assertEquals(id, made.path("client_id"));

    tokenFor(id, made.path("client_secret"));
    as(admin)
        .get("/v1/clients/" + id)
        .then()
        .statusCode(200)
        .body("name", equalTo("dialer"))
        .body("hours.from", equalTo("00:00"))
        .body("client_secret", nullValue())
        .body(not(containsString("argon2")));
    assertTrue(
        tenant
            .events()
            .contains("CLIENT_CREATE GRANTED - " + tenant.clientId(Role.ADMIN) + " " + id));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 | missing-field",
        "{\"name\":\"a\"} | 400 | missing-field",
        "{\"name\":\"a\",\"scopes\":[]} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[\"x\"]} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[null]} | 400 | missing-field",
        "{\"name\":\"\",\"scopes\":[\"tokens:read\"]} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"x\":1} | 400 | unknown-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"networks\":[\"localhost/8\"]} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"networks\":[\"10.0.0.0/33\"]} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"hours\":{\"from\":\"25:00\",\"to\":\"09:00\",\"zone\":\"UTC\"}} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"hours\":{\"from\":\"08:00\"}} | 400 | missing-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"reveals_per_day\":-1} | 400 | invalid-field",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"reveals_per_day\":1.5} | 400 | malformed-json",
        "{\"name\":\"a\",\"scopes\":[\"tokens:read\"],\"reveal_levels\":[\"full\"]} | 400 | invalid-field",
        "{\"name\":\"4111111111111111\",\"scopes\":[\"tokens:read\"]} | 400 | pan-in-metadata",
        "{\"name\":\"a\",\"scopes\":[\"tokens:detokenize\",\"audit:read\"]} | 409 | separation-of-duty",
        "{\"name\":\"a\",\"scopes\":[\"tokens:detokenize\",\"clients:write\"]} | 409 | separation-of-duty",
        "{\"name\":\"ivr\",\"scopes\":[\"tokens:read\"]} | 409 | state-conflict",
        "[] | 400 | malformed-json",
        "null | 400 | malformed-json",
      })
  void refusesWhatIsNoClient(String body, int status, String code) {
    create(body).statusCode(status).body("code", equalTo(code));
  }

  @Test
  void listsClientsPageByPage() {
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          as(admin)
              .queryParam("limit", 3)
              .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
              .get("/v1/clients")
              .then()
              .statusCode(200)
              .extract();
      seen.addAll(page.path("data.name"));
      cursor = page.path("next_cursor");
      assertEquals(cursor != null, page.path("has_more"));
    } while (cursor != null);
    assertEquals(List.of("ivr", "billing", "compliance", "admin"), seen);
  }

  @ParameterizedTest
  @CsvSource({
    "limit,0,invalid-field",
    "limit,101,invalid-field",
    "limit,x,invalid-field",
    "cursor,x,invalid-cursor",
    "cursor,Y2xpXzE,invalid-cursor"
  })
  void refusesStrangePages(String name, String value, String code) {
    as(admin)
        .queryParam(name, value)
        .get("/v1/clients")
        .then()
        .statusCode(400)
        .body("code", equalTo(code));
  }

  @Test
  void changesOnlyWhatAPatchNames() {
    String id = tenant.clientId(Role.BILLING);
    patch(
            id,
            "{\"reveals_per_day\": 5, \"hours\": {\"from\":\"08:00\",\"to\":\"18:00\",\"zone\":\"UTC\"}}")
        .statusCode(200)
        .body("reveals_per_day", equalTo(5))
        .body("scopes", hasSize(4));
    patch(id, "{\"hours\": {\"to\":\"19:00\"}}")
        .statusCode(200)
        .body("hours.from", equalTo("08:00"))
        .body("hours.to", equalTo("19:00"));
    patch(id, "{\"hours\": null, \"reveals_per_day\": null, \"purposes\": [\"refund\"]}")
        .statusCode(200)
        .body("hours", nullValue())
        .body("reveals_per_day", equalTo(0))
        .body("purposes", contains("refund"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"scopes\": [\"tokens:detokenize\", \"audit:export\"]} | 409 | separation-of-duty",
        "{\"scopes\": null} | 400 | missing-field",
        "{\"status\": \"active\"} | 400 | unknown-field",
        "{\"id\": \"x\"} | 400 | unknown-field",
        "{\"name\": \"ivr\"} | 409 | state-conflict",
        "[] | 400 | malformed-json",
        "null | 400 | malformed-json",
        "1 | 400 | malformed-json",
      })
  void refusesPatchesThatMakeNoClient(String body, int status, String code) {
    patch(tenant.clientId(Role.BILLING), body).statusCode(status).body("code", equalTo(code));
  }

  @Test
  void letsNobodyDecideAboutThemselves() {
    String own = tenant.clientId(Role.ADMIN);
    patch(own, "{\"scopes\": [\"tokens:read\"]}")
        .statusCode(409)
        .body("code", equalTo("state-conflict"));
    post(own + "/suspend", "{\"reason\": \"holiday\"}").statusCode(409);
  }

  @Test
  void suspendsAndResumes() {
    String id = tenant.clientId(Role.COMPLIANCE);
    post(id + "/suspend", "{\"reason\": \"leaked\"}")
        .statusCode(200)
        .body("status", equalTo("suspended"))
        .body("status_reason", equalTo("leaked"));
    post(id + "/suspend", "{\"reason\": \"leaked\"}")
        .statusCode(409)
        .body("code", equalTo("state-conflict"));
    House.logIn(id, tenant.secret(Role.COMPLIANCE).secret().reveal()).statusCode(401);
    post(id + "/resume", "{\"reason\": \"rotated\"}")
        .statusCode(200)
        .body("status", equalTo("active"));
    tenant.token(Role.COMPLIANCE);
    post(id + "/suspend", "{}").statusCode(400).body("code", equalTo("missing-field"));
  }

  @Test
  void addsAndRevokesCredentials() {
    String id = tenant.clientId(Role.IVR);
    var made =
        post(id + "/credentials", "{\"expires_at\": \"2099-01-01T00:00:00Z\"}")
            .statusCode(201)
            .header("Cache-Control", "no-store")
            .body("expires_at", startsWith("2099-01-01"))
            .body("client_id", equalTo(id))
            .extract();
    String secret = made.path("client_secret");
    String token = tokenFor(id, secret);

    String credential = made.path("id");
    as(admin).delete("/v1/clients/" + id + "/credentials/" + credential).then().statusCode(204);
    as(admin).delete("/v1/clients/" + id + "/credentials/" + credential).then().statusCode(204);
    as(token).get("/v1/clients").then().statusCode(401);
    House.logIn(id, secret).statusCode(401);
    tenant.token(Role.IVR);
    as(admin)
        .get("/v1/clients/" + id)
        .then()
        .body("credentials", hasSize(2))
        .body("credentials.status", contains("active", "revoked"));
    as(admin).delete("/v1/clients/" + id + "/credentials/cred_x").then().statusCode(404);
    post(id + "/credentials", "{\"expires_at\": \"2001-01-01T00:00:00Z\"}")
        .statusCode(400)
        .body("code", equalTo("invalid-field"));
  }

  @Test
  void givesAtMostFiveSecrets() {
    String id = tenant.clientId(Role.IVR);
    for (int i = 1; i < 5; i++) {
      post(id + "/credentials", "{}").statusCode(201);
    }
    post(id + "/credentials", "{}").statusCode(409).body("code", equalTo("state-conflict"));
  }

  @Test
  void rotatesWithAnOverlap() {
    String id = tenant.clientId(Role.IVR);
    var rotated = post(id + "/rotate", "{\"overlap_seconds\": 3600}").statusCode(201).extract();

    tokenFor(id, rotated.path("client_secret"));
    tenant.token(Role.IVR);
    as(admin)
        .get("/v1/clients/" + id)
        .then()
        .body("credentials[0].expires_at", notNullValue())
        .body("credentials[1].expires_at", nullValue());
  }

  @Test
  void rotatesAtOnce() {
    String id = tenant.clientId(Role.IVR);
    String token = tenant.token(Role.IVR);
    var rotated = post(id + "/rotate", "{\"overlap_seconds\": 0}").statusCode(201).extract();

    House.logIn(id, tenant.secret(Role.IVR).secret().reveal()).statusCode(401);
    as(token).get("/v1/clients").then().statusCode(401);
    tokenFor(id, rotated.path("client_secret"));
  }

  @Test
  void rotatesWithoutABodyToTheLongestOverlap() {
    String id = tenant.clientId(Role.IVR);
    as(admin).noContentType().post("/v1/clients/" + id + "/rotate").then().statusCode(201);
    tenant.token(Role.IVR);
  }

  @ParameterizedTest
  @CsvSource({"-1", "86401", "9999999999"})
  void overlapsByAtMostADay(String seconds) {
    post(tenant.clientId(Role.IVR) + "/rotate", "{\"overlap_seconds\": " + seconds + "}")
        .statusCode(400);
  }

  @Test
  void knowsNoClientOfAnotherTenant() {
    House.Tenant other = house.newTenant();
    String foreign = other.clientId(Role.IVR);
    String unknown = "cli_01a20c7c-02d6-7fd1-bc76-8c92bdfe80e1";
    for (String id : List.of(foreign, unknown, "x")) {
      as(admin).get("/v1/clients/" + id).then().statusCode(404).body("code", equalTo("not-found"));
      patch(id, "{}").statusCode(404);
      post(id + "/suspend", "{\"reason\": \"x\"}").statusCode(404);
      post(id + "/rotate", "{}").statusCode(404);
      post(id + "/credentials", "{}").statusCode(404);
      as(admin)
          .delete("/v1/clients/" + id + "/credentials/" + other.secret(Role.IVR).credentialId())
          .then()
          .statusCode(404);
    }
    other.token(Role.IVR);
  }

  private ValidatableResponse create(String body) {
    return withBody(admin, body).post("/v1/clients").then();
  }

  private ValidatableResponse patch(String id, String body) {
    return House.as(admin)
        .contentType("application/merge-patch+json; charset=UTF-8")
        .body(body)
        .patch("/v1/clients/" + id)
        .then();
  }

  private ValidatableResponse post(String path, String body) {
    return withBody(admin, body).post("/v1/clients/" + path).then();
  }
}
