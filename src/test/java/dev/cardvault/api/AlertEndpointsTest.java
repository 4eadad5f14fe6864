package dev.cardvault.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service does about unusual use, seen from outside. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
class AlertEndpointsTest {

  /** As promised: an alert is there within five seconds of its event. */
  private static final Duration PROMISE = Duration.ofSeconds(5);

  private static final String REVEAL =
      "{\"token\":\"%s\",\"reveal\":\"full\",\"purpose\":\"charge\","
          + "\"reference\":{\"type\":\"order\",\"id\":\"%s\"}}";

  @Inject TestTenants tenants;

  private Roles roles;

  @BeforeEach
  void makeATenant() {
    roles = Roles.ofNewTenant(tenants);
  }

  @FaultCase(42)
  @Test
  void noticesAndSuspendsWhoGuessesTokens() {
    roles
        .admin()
        .contentType("application/merge-patch+json")
        .body("{\"response\":\"suspend\",\"threshold\":5}")
        .patch("/v1/alert-rules/enumeration")
        .then()
        .statusCode(200)
        .body("response", equalTo("suspend"));
    for (int i = 0; i < 5; i++) {
      roles.billing().body(REVEAL.formatted("tok_guess" + i, "o-" + i)).post("/v1/detokenize");
    }
    String id = awaitAlert("enumeration");
    Eventually.await(
        "the client is suspended",
        Duration.ofSeconds(10),
        () ->
            roles.billing().body(REVEAL.formatted("a", "b")).post("/v1/detokenize").statusCode()
                == 403);
    roles
        .compliance()
        .get("/v1/alerts/" + id)
        .then()
        .statusCode(200)
        .body("rule", equalTo("enumeration"))
        .body("response", equalTo("suspend"))
        .body("state", equalTo("open"));
  }

  @Test
  void noticesATouchedDecoyOnceUntilSomebodyHasDealtWithIt() {
    String token = token("4111111111111111");
    roles
        .admin()
        .body("{\"token\":\"%s\",\"note\":\"in the old CRM\"}".formatted(token))
        .post("/v1/decoys")
        .then()
        .statusCode(201);
    roles.ivr().get("/v1/tokens/" + token).then().statusCode(200);
    String id = awaitAlert("decoy");
    roles
        .billing()
        .body(REVEAL.formatted(token, "o-1"))
        .post("/v1/detokenize")
        .then()
        .statusCode(200);
    Eventually.await("both are known", PROMISE, () -> alerts("decoy").size() == 2);

    roles
        .compliance()
        .post("/v1/alerts/" + id + "/acknowledge")
        .then()
        .statusCode(200)
        .body("state", equalTo("acknowledged"));
    roles.compliance().post("/v1/alerts/" + id + "/acknowledge").then().statusCode(409);
    roles
        .compliance()
        .body("{\"note\":\"A test of ours\"}")
        .post("/v1/alerts/" + id + "/resolve")
        .then()
        .statusCode(200)
        .body("state", equalTo("resolved"))
        .body("note", equalTo("A test of ours"));
    roles
        .compliance()
        .get("/v1/alerts?state=resolved")
        .then()
        .statusCode(200)
        .body("data.id", contains(id));
    roles
        .compliance()
        .get("/v1/audit-events?action=ALERT_RAISE")
        .then()
        .statusCode(200)
        .body("data.subject", hasItem(id + " decoy"));
  }

  @Test
  void noticesOneBusinessRecordForManyCardsAndThrottles() {
    roles
        .admin()
        .body("{\"response\":\"throttle\",\"threshold\":2}")
        .patch("/v1/alert-rules/reference_reuse")
        .then()
        .statusCode(200);
    for (String card : List.of("4111111111111111", "5555555555554444")) {
      roles
          .billing()
          .body(REVEAL.formatted(token(card), "the same"))
          .post("/v1/detokenize")
          .then()
          .statusCode(200);
    }
    awaitAlert("reference_reuse");
    Eventually.await(
        "the client is slowed down",
        Duration.ofSeconds(10),
        () -> roles.billing().get("/v1/tokens").statusCode() == 429);
  }

  @Test
  void tellsDestinationsThatWantAlerts() {
    String destination =
        roles
            .admin()
            .body(
                "{\"name\":\"siem\",\"address\":\"https://hooks.example.com/\",\"kinds\":[\"alert\"]}")
            .post("/v1/destinations")
            .then()
            .statusCode(201)
            .extract()
            .path("destination.id");
    String token = token("4111111111111111");
    roles.admin().body("{\"token\":\"%s\",\"note\":\"x\"}".formatted(token)).post("/v1/decoys");
    roles.ivr().get("/v1/tokens/" + token);
    awaitAlert("decoy");
    roles
        .admin()
        .get("/v1/destinations/" + destination + "/messages")
        .then()
        .statusCode(200)
        .body("data.kind", contains("alert"));
  }

  @Test
  void keepsRulesDecoysAndAlertsToThoseWhoMay() {
    roles.compliance().get("/v1/alert-rules").then().statusCode(200).body("data", hasSize(8));
    roles.billing().get("/v1/alerts").then().statusCode(403);
    roles
        .compliance()
        .body("{\"threshold\":1}")
        .patch("/v1/alert-rules/rate")
        .then()
        .statusCode(403);
    roles.admin().body("{\"threshold\":0}").patch("/v1/alert-rules/rate").then().statusCode(400);
    roles.admin().body("{}").patch("/v1/alert-rules/none").then().statusCode(404);
    roles.compliance().get("/v1/decoys").then().statusCode(403);
    roles
        .admin()
        .body("{\"token\":\"nope\",\"note\":\"x\"}")
        .post("/v1/decoys")
        .then()
        .statusCode(404);
    String token = token("4111111111111111");
    String decoy =
        roles
            .admin()
            .body("{\"token\":\"%s\",\"note\":\"x\"}".formatted(token))
            .post("/v1/decoys")
            .then()
            .extract()
            .path("token_id");
    roles.admin().get("/v1/decoys").then().body("data.token_id", contains(decoy));
    roles.admin().delete("/v1/decoys/" + decoy).then().statusCode(204);
    roles.admin().delete("/v1/decoys/" + decoy).then().statusCode(404);
    Roles others = Roles.ofNewTenant(tenants);
    others
        .admin()
        .body("{\"token\":\"%s\",\"note\":\"x\"}".formatted(token))
        .post("/v1/decoys")
        .then()
        .statusCode(404);
    others.compliance().get("/v1/alerts").then().body("data.rule", not(hasItem("decoy")));
  }

  private String token(String pan) {
    return roles
        .ivr()
        .body("{\"card\":{\"number\":\"%s\"}}".formatted(pan))
        .post("/v1/tokens")
        .then()
        .extract()
        .path("token");
  }

  private List<String> alerts(String rule) {
    return roles
        .compliance()
        .get("/v1/alerts?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("data.findAll { it.rule == '" + rule + "' }.id");
  }

  /** The id of the one alert of that rule, within the time that is promised. */
  private String awaitAlert(String rule) {
    Eventually.await("an alert: " + rule, PROMISE, () -> !alerts(rule).isEmpty());
    List<String> found = alerts(rule);
    assertEquals(1, found.size());
    return found.get(0);
  }
}
