package dev.cardvault.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.ledger.TlogProof;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept for the law, and what is forgotten. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
final class PrivacyEndpointsTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String REASON = "{\"reason\":\"case 12/26\"}";

  @Inject TestTenants tenants;

  private Roles roles;

  @BeforeEach
  void makeATenant() {
    roles = Roles.ofNewTenant(tenants);
  }

  private String place() {
    return roles
        .admin()
        .body(REASON)
        .post("/v1/legal-holds")
        .then()
        .statusCode(201)
        .body("object", equalTo("legal_hold"))
        .body("reason", equalTo("case 12/26"))
        .body("released_at", nullValue())
        .extract()
        .path("id");
  }

  @Test
  void placesAndReleasesHoldsOnRecord() {
    String first = place();
    String second = place();
    roles
        .admin()
        .post("/v1/legal-holds/" + first + "/release")
        .then()
        .statusCode(200)
        .body("id", equalTo(first))
        .body("released_at", notNullValue());
    roles
        .admin()
        .post("/v1/legal-holds/" + first + "/release")
        .then()
        .statusCode(409)
        .body("code", equalTo("state-conflict"));
    String cursor =
        roles
            .admin()
            .get("/v1/legal-holds?limit=1")
            .then()
            .statusCode(200)
            .body("data.id", equalTo(List.of(second)))
            .body("has_more", equalTo(true))
            .extract()
            .path("next_cursor");
    roles
        .admin()
        .get("/v1/legal-holds?limit=1&cursor=" + cursor)
        .then()
        .body("data.id", equalTo(List.of(first)))
        .body("has_more", equalTo(false));
    roles
        .compliance()
        .get("/v1/audit-events?action=LEGAL_HOLD_PLACE")
        .then()
        .body("data.subject", hasItem(first));
    roles
        .compliance()
        .get("/v1/audit-events?action=LEGAL_HOLD_RELEASE")
        .then()
        .body("data.subject", hasItem(first));
  }

  @Test
  void keepsHoldsToTheTenantAndToThoseWhoMay() {
    String hold = place();
    Roles others = Roles.ofNewTenant(tenants);
    others.admin().post("/v1/legal-holds/" + hold + "/release").then().statusCode(404);
    others.admin().get("/v1/legal-holds").then().body("data.size()", equalTo(0));
    roles.compliance().get("/v1/legal-holds").then().statusCode(403);
    roles.billing().body(REASON).post("/v1/legal-holds").then().statusCode(403);
    roles.admin().post("/v1/legal-holds/nonsense/release").then().statusCode(404);
  }

  /** An event that names the client, and has its place in the signed log. */
  private String event() {
    String id =
        roles
            .compliance()
            .get("/v1/audit-events?action=LOGIN&limit=1")
            .then()
            .body("data[0].actor", notNullValue())
            .extract()
            .path("data[0].id");
    String path = "/v1/audit-events/" + id + "/proof";
    Eventually.await("a proof", SOON, () -> roles.compliance().get(path).statusCode() == 200);
    return id;
  }

  private static String wish(String event) {
    return "{\"events\":[\"" + event + "\"],\"basis\":\"erasure asked for\"}";
  }

  @Test
  void forgetsWordsWhileTheProofStillHolds() {
    String event = event();
    roles
        .admin()
        .body(wish(event))
        .post("/v1/audit-erasures")
        .then()
        .statusCode(200)
        .body("requested", equalTo(1))
        .body("forgotten", equalTo(1));
    roles
        .compliance()
        .get("/v1/audit-events/" + event)
        .then()
        .body("actor", nullValue())
        .body("source_address", nullValue())
        .body("action", equalTo("LOGIN"));
    String proof =
        roles.compliance().get("/v1/audit-events/" + event + "/proof").then().extract().asString();
    assertTrue(TlogProof.parse(proof).holds());
    roles.admin().body(wish(event)).post("/v1/audit-erasures").then().body("forgotten", equalTo(0));
    roles
        .compliance()
        .get("/v1/audit-events?action=AUDIT_FORGET")
        .then()
        .body("data.subject", hasItem("1 events, basis: erasure asked for"));
  }

  @Test
  void forgetsNothingWhileAHoldStands() {
    String event = event();
    String hold = place();
    roles
        .admin()
        .body(wish(event))
        .post("/v1/audit-erasures")
        .then()
        .statusCode(423)
        .body("code", equalTo("legal-hold"));
    roles.compliance().get("/v1/audit-events/" + event).then().body("actor", notNullValue());
    roles
        .compliance()
        .get("/v1/audit-events?action=AUDIT_FORGET&outcome=DENIED")
        .then()
        .body("data.rule", hasItem("legal-hold"));
    roles.admin().post("/v1/legal-holds/" + hold + "/release").then().statusCode(200);
    roles.admin().body(wish(event)).post("/v1/audit-erasures").then().body("forgotten", equalTo(1));
  }

  @Test
  void forgetsNothingOfOthers() {
    String event = event();
    Roles others = Roles.ofNewTenant(tenants);
    others
        .admin()
        .body(wish(event))
        .post("/v1/audit-erasures")
        .then()
        .statusCode(200)
        .body("forgotten", equalTo(0));
    roles.compliance().get("/v1/audit-events/" + event).then().body("actor", notNullValue());
    roles.compliance().body(wish(event)).post("/v1/audit-erasures").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"events\":[],\"basis\":\"x\"}",
        "{\"events\":[\"evt_1\"],\"basis\":\"x\"}",
        "{\"events\":[null],\"basis\":\"x\"}",
        "{\"events\":[\"evt_01a218be-af30-7c24-add4-954aa47dab35\"]}",
        "{\"events\":[\"evt_01a218be-af30-7c24-add4-954aa47dab35\"],\"basis\":\" \"}"
      })
  void refusesAWishThatMakesNoSense(String body) {
    roles.admin().body(body).post("/v1/audit-erasures").then().statusCode(400);
    roles.admin().body("{\"reason\":\"\"}").post("/v1/legal-holds").then().statusCode(400);
  }
}
