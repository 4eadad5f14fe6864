package dev.cardvault.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.testing.Backing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every endpoint about tokens, used as it is meant to be. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokenEndpointsTest {

  /** What has a test of its own. */
  private static final Set<String> TRIED_ELSEWHERE =
      Set.of(
          "/oauth2",
          "/audit-log/",
          "/v1/alert-rules",
          "/v1/alerts",
          "/v1/audit-exports",
          "/v1/capture",
          "/v1/connectors",
          "/v1/adapters",
          "/v1/clients",
          "/v1/daily-reviews",
          "/v1/decoys",
          "/v1/destinations",
          "/v1/jobs",
          "/v1/legal-holds",
          "/security-code/");

  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";

  @Inject TestTenants tenants;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  /** Once: hashing secrets takes its time. Not before all, when the port is not known yet. */
  @BeforeEach
  void logIn() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
    }
  }

  private static Map<String, Object> card(String number) {
    return Map.of("card", Map.of("number", number));
  }

  private Response make(String number) {
    Response made = roles.ivr().body(card(number)).post("/v1/tokens");
    made.then().statusCode(201);
    return made;
  }

  private static Map<String, Object> wish(String token, String level) {
    return Map.of(
        "token",
        token,
        "reveal",
        level,
        "purpose",
        "charge",
        "reference",
        Map.of("type", "order", "id", "o-1"));
  }

  @Test
  void makesATokenThatTellsNothingOfItsCardButWhatMayBeShown() {
    String number = TestCards.next();
    roles
        .ivr()
        .body(
            Map.of(
                "card",
                    Map.of(
                        "number", number, "exp_month", 12, "exp_year", 2030, "holder_name", "A B"),
                "expires_at", "2031-01-31T00:00:00Z",
                "max_uses", 3,
                "metadata", Map.of("order", "o-1"),
                "call", Map.of("call_id", "call-1", "channel", "ivr_dtmf")))
        .post("/v1/tokens")
        .then()
        .statusCode(201)
        .contentType("application/json")
        .body("id", matchesPattern("tok_" + UUID))
        .body("object", equalTo("token"))
        .body("token", matchesPattern("0[0-9]{11}" + number.substring(12)))
        .body("profile", equalTo("default"))
        .body("status", equalTo("active"))
        .body("card.brand", equalTo("visa"))
        .body("card.last4", equalTo(number.substring(12)))
        .body("card.masked", equalTo("••••••••••••" + number.substring(12)))
        .body("card.length", equalTo(16))
        .body("card.exp_month", equalTo(12))
        .body("card.exp_year", equalTo(2030))
        .body("deduplicated", equalTo(false))
        .body("created_at", notNullValue())
        .body("created_by", matchesPattern("cli_.*"))
        .body("expires_at", equalTo("2031-01-31T00:00:00Z"))
        .body("uses", equalTo(0))
        .body("max_uses", equalTo(3))
        .body("last_used_at", nullValue())
        .body("call.call_id", equalTo("call-1"))
        .body("metadata.order", equalTo("o-1"))
        .body(not(containsString(number)))
        .body(not(containsString("A B")));
  }

  @Test
  void answersTheSameTokenForTheSameCard() {
    String number = TestCards.next();
    Response first = make(number);
    Response again = roles.ivr().body(card(number)).post("/v1/tokens");
    again.then().statusCode(200).body("deduplicated", equalTo(true));
    assertEquals(first.<String>path("token"), again.path("token"));
    assertEquals(first.<String>path("id"), again.path("id"));
  }

  @Test
  void answersARepeatedRequestAsTheFirstTime() {
    String number = TestCards.next();
    Response first =
        roles.ivr().header("Idempotency-Key", "k-" + number).body(card(number)).post("/v1/tokens");
    Response again =
        roles.ivr().header("Idempotency-Key", "k-" + number).body(card(number)).post("/v1/tokens");
    first.then().statusCode(201);
    again.then().statusCode(201);
    assertEquals(first.<String>path("token"), again.path("token"));
    Refusal.assertProblem(
        ProblemCode.IDEMPOTENCY_MISMATCH,
        roles
            .ivr()
            .header("Idempotency-Key", "k-" + number)
            .body(card(TestCards.next()))
            .post("/v1/tokens"));
  }

  @Test
  void makesTokensEachForItself() {
    String number = TestCards.next();
    roles
        .ivr()
        .body(
            Map.of(
                "mode",
                "partial",
                "items",
                List.of(card(number), card("4111111111111112"), card(number), Map.of())))
        .post("/v1/tokens/batch")
        .then()
        .statusCode(200)
        .body("results.index", equalTo(List.of(0, 1, 2, 3)))
        .body("results[0].token.card.last4", equalTo(number.substring(12)))
        .body("results[0].problem", nullValue())
        .body("results[1].problem.code", equalTo("luhn-failed"))
        .body("results[1].problem.errors[0].pointer", equalTo("/items/1/card/number"))
        .body("results[3].problem.code", equalTo("missing-field"))
        .body("created", equalTo(1))
        .body("failed", equalTo(2));
  }

  @Test
  void makesAllTokensOrNone() {
    Refusal.assertProblem(
        ProblemCode.LUHN_FAILED,
        "/items/1/card/number",
        roles
            .ivr()
            .body(
                Map.of(
                    "mode",
                    "atomic",
                    "items",
                    List.of(card(TestCards.next()), card("4111111111111112"))))
            .post("/v1/tokens/batch"));
    roles
        .ivr()
        .body(
            Map.of(
                "mode", "atomic", "items", List.of(card(TestCards.next()), card(TestCards.next()))))
        .post("/v1/tokens/batch")
        .then()
        .statusCode(200)
        .body("created", equalTo(2))
        .body("failed", equalTo(0));
  }

  @Test
  void findsATokenByIdAndByText() {
    Response made = make(TestCards.next());
    for (String name : List.of(made.<String>path("id"), made.<String>path("token"))) {
      roles
          .ivr()
          .get("/v1/tokens/{token}", name)
          .then()
          .statusCode(200)
          .body("id", equalTo(made.path("id")))
          .body("deduplicated", nullValue());
    }
  }

  @Test
  void listsTokensPageByPage() {
    String number = TestCards.next();
    for (int i = 0; i < 3; i++) {
      roles
          .ivr()
          .body(
              Map.of(
                  "card", Map.of("number", TestCards.next()),
                  "call", Map.of("call_id", "list-1", "channel", "api")))
          .post("/v1/tokens")
          .then()
          .statusCode(201);
    }
    make(number);
    Response first =
        roles.ivr().queryParam("call_id", "list-1").queryParam("limit", 2).get("/v1/tokens");
    first.then().statusCode(200).body("data", hasSize(2)).body("has_more", is(true));
    roles
        .ivr()
        .queryParam("call_id", "list-1")
        .queryParam("limit", 2)
        .queryParam("cursor", first.<String>path("next_cursor"))
        .get("/v1/tokens")
        .then()
        .statusCode(200)
        .body("data", hasSize(1))
        .body("has_more", is(false))
        .body("next_cursor", nullValue());
    roles
        .ivr()
        .queryParam("last4", number.substring(12))
        .queryParam("brand", "visa")
        .queryParam("status", "active")
        .queryParam("profile", "default")
        .queryParam("created_from", "2020-01-01T00:00:00Z")
        .queryParam("created_to", "2999-01-01T00:00:00Z")
        .get("/v1/tokens")
        .then()
        .statusCode(200)
        .body("data.card.last4", hasItem(number.substring(12)));
  }

  @Test
  void changesExpiryAndMetadata() {
    String id =
        roles
            .ivr()
            .body(
                Map.of(
                    "card", Map.of("number", TestCards.next()),
                    "expires_at", "2031-01-31T00:00:00Z",
                    "metadata", Map.of("a", "1", "b", "2")))
            .post("/v1/tokens")
            .path("id");
    for (String type : List.of("application/merge-patch+json", "application/json")) {
      roles
          .admin()
          .contentType(type)
          .body(
              "{\"expires_at\":null,\"metadata\":{\"a\":null,\"c\":\"3\"},"
                  + "\"card\":{\"exp_month\":1,\"exp_year\":2031}}")
          .patch("/v1/tokens/{id}", id)
          .then()
          .statusCode(200)
          .body("expires_at", nullValue())
          .body("metadata", equalTo(Map.of("b", "2", "c", "3")))
          .body("card.exp_month", equalTo(1));
    }
    roles.admin().body("{}").patch("/v1/tokens/{id}", id).then().statusCode(200);
  }

  @Test
  void suspendsResumesAndErases() {
    Response made = make(TestCards.next());
    String id = made.path("id");
    String token = made.path("token");
    roles
        .admin()
        .body(Map.of("reason", "lost card"))
        .post("/v1/tokens/{id}/suspend", id)
        .then()
        .statusCode(200)
        .body("status", equalTo("suspended"));
    Refusal.assertProblem(
        ProblemCode.TOKEN_SUSPENDED,
        roles.billing().body(wish(token, "full")).post("/v1/detokenize"));
    roles
        .admin()
        .body(Map.of("reason", "found"))
        .post("/v1/tokens/{id}/resume", id)
        .then()
        .statusCode(200)
        .body("status", equalTo("active"));
    Refusal.assertProblem(
        ProblemCode.STATE_CONFLICT,
        roles.admin().body(Map.of("reason", "again")).post("/v1/tokens/{id}/resume", id));
    roles.admin().delete("/v1/tokens/{id}", id).then().statusCode(204).body(equalTo(""));
    Refusal.assertProblem(
        ProblemCode.TOKEN_ERASED, roles.billing().body(wish(token, "full")).post("/v1/detokenize"));
  }

  @Test
  void findsTheTokensOfACard() {
    String number = TestCards.next();
    Response made = make(number);
    roles
        .billing()
        .body(card(number))
        .post("/v1/tokens/lookup")
        .then()
        .statusCode(200)
        .body("data.id", equalTo(List.of(made.<String>path("id"))))
        .body(not(containsString(number)));
    roles
        .billing()
        .body(card(TestCards.next()))
        .post("/v1/tokens/lookup")
        .then()
        .statusCode(200)
        .body("data", hasSize(0));
  }

  @Test
  void revealsAsMuchAsIsAsked() {
    String number = TestCards.next();
    String token =
        roles
            .ivr()
            .body(
                Map.of(
                    "card",
                    Map.of(
                        "number", number, "exp_month", 12, "exp_year", 2030, "holder_name", "A B"),
                    "max_uses",
                    9))
            .post("/v1/tokens")
            .path("token");
    Response full = roles.billing().body(wish(token, "full")).post("/v1/detokenize");
    full.then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .contentType("application/json")
        .body("token", equalTo(token))
        .body("card.number", equalTo(number))
        .body("card.holder_name", equalTo("A B"))
        .body("card.exp_year", equalTo(2030))
        .body("audit_event_id", matchesPattern("evt_" + UUID))
        .body("uses_left", equalTo(8));
    Map<String, Map<String, Object>> shown =
        Map.of(
            "masked", Map.of("masked", "••••••••••••" + number.substring(12)),
            "last4", Map.of("last4", number.substring(12)),
            "bin_last4", Map.of("bin", number.substring(0, 6)),
            "expiry", Map.of("exp_month", 12));
    shown.forEach(
        (level, fields) -> {
          Response answer = roles.billing().body(wish(token, level)).post("/v1/detokenize");
          answer.then().statusCode(200).header("Cache-Control", "no-store");
          fields.forEach((name, value) -> assertEquals(value, answer.path("card." + name), level));
          assertFalse(answer.asString().contains(number), level);
          assertFalse(answer.asString().contains("A B"), level);
          assertFalse(answer.asString().contains("*"), level);
        });
  }

  @Test
  void revealsManyCardsAtOnce() {
    String first = TestCards.next();
    String second = TestCards.next();
    Response answer =
        roles
            .billing()
            .body(
                Map.of(
                    "mode",
                    "partial",
                    "purpose",
                    "refund",
                    "reference",
                    Map.of("type", "invoice", "id", "i-1"),
                    "items",
                    List.of(
                        Map.of("token", make(first).path("token"), "reveal", "full"),
                        Map.of("token", "no-such-token", "reveal", "full"),
                        Map.of("token", make(TestCards.next()).path("token"), "reveal", "last4"),
                        Map.of("token", make(second).path("token"), "reveal", "full"))))
            .post("/v1/detokenize/batch");
    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("results.index", equalTo(List.of(0, 1, 2, 3)))
        .body("results[0].reveal.card.number", equalTo(first))
        .body("results[1].problem.code", equalTo("token-not-found"))
        .body("results[2].reveal.card.number", nullValue())
        .body("results[3].reveal.card.number", equalTo(second))
        .body("revealed", equalTo(3))
        .body("failed", equalTo(1));
  }

  @Test
  void tellsAnybodyHowToKnowAToken() {
    Response rules = Roles.anonymous().get("/v1/token-rules");
    rules.then().statusCode(200).body("data.format", hasItem("last4"));
    String regex = rules.path("data.find { it.format == 'last4' }.regex");
    String token = make(TestCards.next()).path("token");
    assertEquals(true, token.matches(regex));
  }

  @Test
  void letsTheOwnerDecideHowTokensLook() {
    roles
        .admin()
        .body(
            Map.of(
                "name",
                "routing",
                "format",
                "bin6_last4",
                "accepted_brands",
                List.of("visa"),
                "max_uses",
                5))
        .post("/v1/token-profiles")
        .then()
        .statusCode(201)
        .body("name", equalTo("routing"))
        .body("guess_odds.pans", equalTo(100_000))
        .body("guess_odds.sentence", containsString("1 in"))
        .body("rule.regex", notNullValue());
    Refusal.assertProblem(
        ProblemCode.STATE_CONFLICT,
        roles.admin().body(Map.of("name", "routing")).post("/v1/token-profiles"));
    String number = TestCards.next();
    roles
        .ivr()
        .body(Map.of("card", Map.of("number", number), "profile", "routing"))
        .post("/v1/tokens")
        .then()
        .statusCode(201)
        .body("card.bin", equalTo(number.substring(0, 6)))
        .body("max_uses", equalTo(5));
    roles
        .admin()
        .contentType("application/merge-patch+json")
        .body("{\"format\":\"opaque\",\"max_uses\":null}")
        .patch("/v1/token-profiles/routing")
        .then()
        .statusCode(200)
        .body("format", equalTo("opaque"))
        .body("max_uses", nullValue())
        .body("accepted_brands", equalTo(List.of("visa")))
        .body("guess_odds", nullValue());
    Response opaque =
        roles
            .ivr()
            .body(Map.of("card", Map.of("number", TestCards.next()), "profile", "routing"))
            .post("/v1/tokens");
    opaque.then().statusCode(201).body("token", matchesPattern("tok_[0-9A-Z]{26}"));
    assertNotEquals(opaque.<String>path("token"), opaque.path("id"));
    roles.ivr().get("/v1/token-profiles/routing").then().statusCode(200);
    roles
        .ivr()
        .get("/v1/token-profiles")
        .then()
        .statusCode(200)
        .body("data.name", equalTo(List.of("default", "routing")));
    Refusal.assertProblem(
        ProblemCode.NOT_FOUND, roles.ivr().get("/v1/token-profiles/no-such-profile"));
  }

  @Test
  void showsTheAuditLogToWhoeverWatches() {
    Response made = make(TestCards.next());
    String token = made.path("token");
    String event =
        roles.billing().body(wish(token, "full")).post("/v1/detokenize").path("audit_event_id");
    roles
        .compliance()
        .get("/v1/audit-events/{id}", event)
        .then()
        .statusCode(200)
        .body("id", equalTo(event))
        .body("action", equalTo("DETOKENIZE"))
        .body("outcome", equalTo("GRANTED"))
        .body("purpose", equalTo("charge"))
        .body("reference.id", equalTo("o-1"))
        .body("token_id", equalTo(made.path("id")));
    for (String name : List.of(token, made.<String>path("id"))) {
      roles
          .compliance()
          .queryParam("token", name)
          .queryParam("action", "DETOKENIZE")
          .queryParam("outcome", "GRANTED")
          .queryParam("purpose", "charge")
          .queryParam("reference", "o-1")
          .queryParam("from", "2020-01-01T00:00:00Z")
          .queryParam("to", "2999-01-01T00:00:00Z")
          .get("/v1/audit-events")
          .then()
          .statusCode(200)
          .body("data.id", equalTo(List.of(event)))
          .body(not(containsString(token)));
    }
    Response first = roles.compliance().queryParam("limit", 1).get("/v1/audit-events");
    first.then().statusCode(200).body("data", hasSize(1)).body("has_more", is(true));
    Response second =
        roles
            .compliance()
            .queryParam("limit", 1)
            .queryParam("cursor", first.<String>path("next_cursor"))
            .get("/v1/audit-events");
    assertNotEquals(first.<String>path("data[0].id"), second.path("data[0].id"));
    roles
        .compliance()
        .queryParam("action", "AUDIT_READ")
        .get("/v1/audit-events")
        .then()
        .body("data.subject", hasItem("by from, to, action, outcome, token, purpose, reference"));
  }

  @Test
  void showsAndRotatesKeys() {
    make(TestCards.next());
    roles
        .admin()
        .get("/v1/keys")
        .then()
        .statusCode(200)
        .body("kek.latest", notNullValue())
        .body("data.purpose", hasItem("pan"));
    roles
        .admin()
        .post("/v1/keys/rotate")
        .then()
        .statusCode(200)
        .body("kek_rotated", is(true))
        .body("kek_version", equalTo(2));
    make(TestCards.next());
  }

  /** Ends with every endpoint tried: the filter has held each answer to the contract. */
  @AfterAll
  static void triedEveryEndpoint() {
    Set<String> untried = new TreeSet<>(Contract.INSTANCE.operations().keySet());
    untried.removeAll(Contract.INSTANCE.done());
    untried.removeIf(operation -> TRIED_ELSEWHERE.stream().anyMatch(operation::contains));
    assertEquals(Set.of(), untried);
  }
}
