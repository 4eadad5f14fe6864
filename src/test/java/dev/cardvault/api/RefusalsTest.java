package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.testing.Backing;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint, used as it is not meant to be. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusalsTest {

  private static final String PAN = "4111111111111111";

  @Inject TestTenants tenants;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  @SuppressWarnings("NullAway.Init")
  private Roles strangers;

  @BeforeEach
  void logIn() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      strangers = Roles.ofNewTenant(tenants);
    }
  }

  private static String wish(String part, String instead) {
    String whole =
        "{'token':'0123456789012','reveal':'full','purpose':'charge',"
            + "'reference':{'type':'order','id':'o-1'}}";
    return whole.replace(part, instead).replace('\'', '"');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      emptyValue = "",
      value = {
        "'purpose':'charge',|``|MISSING_PURPOSE|/purpose",
        "'charge'|null|MISSING_PURPOSE|/purpose",
        "'charge'|'canaryZx91'|INVALID_FIELD|/purpose",
        ",'reference':{'type':'order','id':'o-1'}|``|MISSING_REFERENCE|/reference",
        "'type':'order',|``|MISSING_REFERENCE|/reference/type",
        ",'id':'o-1'|``|MISSING_REFERENCE|/reference/id",
        "'order'|'canaryZx91'|INVALID_FIELD|/reference/type",
        "'o-1'|' '|INVALID_FIELD|/reference/id",
        "'reveal':'full',|``|MISSING_FIELD|/reveal",
        "'full'|'canaryZx91'|INVALID_FIELD|/reveal",
        "'token':'0123456789012',|``|MISSING_FIELD|/token",
        "'reveal'|'unlock':'x','reveal'|UNKNOWN_FIELD|/unlock"
      })
  void wantsAReasonForEachReveal(String part, String instead, ProblemCode code, String pointer) {
    Refusal.assertProblem(
        code, pointer, roles.billing().body(wish(part, instead)).post("/v1/detokenize"));
  }

  @Test
  void findsNothingForTokensThatAreNotThere() {
    Response made =
        strangers.ivr().body("{\"card\":{\"number\":\"" + PAN + "\"}}").post("/v1/tokens");
    for (String token :
        List.of(
            "0123456789012345",
            "no-such-token",
            "tok_" + UUID.randomUUID(),
            "canaryZx91; DROP TABLE token",
            "a".repeat(5_000),
            made.<String>path("token"),
            made.<String>path("id"))) {
      Response answer = roles.billing().body(wish("0123456789012", token)).post("/v1/detokenize");
      Refusal.assertProblem(ProblemCode.TOKEN_NOT_FOUND, answer);
      assertEquals(ProblemCode.TOKEN_NOT_FOUND.title(), answer.path("detail"));
      if (token.length() < 100) {
        Refusal.assertProblem(
            ProblemCode.TOKEN_NOT_FOUND, roles.ivr().get("/v1/tokens/{token}", token));
        Refusal.assertProblem(
            ProblemCode.TOKEN_NOT_FOUND, roles.admin().delete("/v1/tokens/{token}", token));
      }
    }
    Refusal.assertProblem(
        ProblemCode.NOT_FOUND, roles.compliance().get("/v1/audit-events/evt_" + UUID.randomUUID()));
    Refusal.assertProblem(
        ProblemCode.NOT_FOUND, roles.compliance().get("/v1/audit-events/canaryZx91"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 501})
  void takesOneToFiveHundredItems(int count) {
    String item = "{\"card\":{\"number\":\"" + PAN + "\"}}";
    String items = String.join(",", Collections.nCopies(count, item));
    Refusal.assertProblem(
        count == 0 ? ProblemCode.INVALID_FIELD : ProblemCode.TOO_MANY_ITEMS,
        "/items",
        roles
            .ivr()
            .body("{\"mode\":\"partial\",\"items\":[" + items + "]}")
            .post("/v1/tokens/batch"));
  }

  @ParameterizedTest
  @CsvSource({"0,INVALID_FIELD", "21,APPROVAL_PENDING", "101,TOO_MANY_ITEMS"})
  void revealsAtMostTwentyCardsWithoutAnUnlock(int count, ProblemCode code) {
    Refusal.assertProblem(
        code,
        "/items",
        roles
            .billing()
            .body(
                Map.of(
                    "mode",
                    "partial",
                    "purpose",
                    "charge",
                    "reference",
                    Map.of("type", "order", "id", "o-1"),
                    "items",
                    Collections.nCopies(count, Map.of("token", "0123456789012", "reveal", "full"))))
            .post("/v1/detokenize/batch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "last4=12345|INVALID_FIELD",
        "last4=canaryZx91|INVALID_FIELD",
        "brand=canaryZx91|INVALID_FIELD",
        "status=canaryZx91|INVALID_FIELD",
        "profile=CanaryZx91|INVALID_FIELD",
        "created_from=canaryZx91|INVALID_FIELD",
        "created_to=2020-13-01T00:00:00Z|INVALID_FIELD",
        "limit=0|INVALID_FIELD",
        "limit=101|INVALID_FIELD",
        "limit=-1|INVALID_FIELD",
        "limit=99999999999|INVALID_FIELD",
        "limit=5&limit=6|INVALID_FIELD",
        "call_id=%00|INVALID_FIELD",
        "cursor=canaryZx91|INVALID_CURSOR",
        "cursor=%20|INVALID_CURSOR",
        "limitt=5|UNKNOWN_FIELD",
        "call_id=4111111111111111|PAN_IN_METADATA",
        "call_id=4111-1111-1111-1111|PAN_IN_METADATA",
        "call_id=%34111111111111111|PAN_IN_METADATA",
        "4111111111111111=a|PAN_IN_METADATA"
      })
  void takesNoFilterItDoesNotUnderstand(String query, ProblemCode code) {
    Refusal.assertProblem(code, roles.ivr().urlEncodingEnabled(false).get("/v1/tokens?" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "action=canaryZx91", "outcome=granted", "purpose=canaryZx91", "from=yesterday",
        "to=canaryZx91", "limit=x", "client=%0a", "reference=%00"
      })
  void takesNoFilterOfTheLogItDoesNotUnderstand(String query) {
    Refusal.assertProblem(
        ProblemCode.INVALID_FIELD,
        roles.compliance().urlEncodingEnabled(false).get("/v1/audit-events?" + query));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1/canaryZx91,NOT_FOUND",
    "GET,/canaryZx91,NOT_FOUND",
    "GET,/,NOT_FOUND",
    "POST,/v1/tokens/a/canaryZx91,NOT_FOUND",
    "PUT,/v1/tokens,METHOD_NOT_ALLOWED",
    "DELETE,/v1/detokenize,METHOD_NOT_ALLOWED",
    "GET,/v1/detokenize,METHOD_NOT_ALLOWED",
    "TRACE,/v1/tokens,METHOD_NOT_ALLOWED",
    "PROPFIND,/v1/tokens,METHOD_NOT_ALLOWED",
    "GET,/v1/tokens/4111111111111111,PAN_IN_METADATA",
    "GET,/4111%201111%201111%201111,PAN_IN_METADATA",
    "GET,/v1/tokens/%00,TOKEN_NOT_FOUND",
    "GET,/v1/tokens/..%2f..%2fcanaryZx91,TOKEN_NOT_FOUND"
  })
  void servesNothingElse(String method, String path, ProblemCode code) {
    Refusal.assertProblem(code, roles.ivr().urlEncodingEnabled(false).request(method, path));
  }

  @Test
  void letsNoHeaderChangeTheMethod() {
    for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
      Refusal.assertProblem(
          ProblemCode.METHOD_NOT_ALLOWED, roles.ivr().header(header, "DELETE").get("/v1/tokens"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/x-www-form-urlencoded",
        "application/json; charset=utf-16",
        "application/json; charset=utf-7",
        "application/json; charset=canaryZx91",
        "*/*",
        "canaryZx91"
      })
  void takesJsonInUtf8Alone(String type) {
    RawCall.send(
            "POST /v1/tokens HTTP/1.1\r\nAuthorization: Bearer "
                + roles.ivrToken()
                + "\r\nContent-Type: "
                + type,
            "{\"card\":{\"number\":\"" + PAN + "\"}}")
        .assertProblem(ProblemCode.MEDIA_TYPE);
  }

  /** What is not HTTP is refused by the server itself: with a status, without a word. */
  @ParameterizedTest
  @CsvSource({
    "400,GET /v1/tokens/% HTTP/1.1",
    "400,GET /v1/tokens?call_id=%zz HTTP/1.1",
    "400,GET /%u0041 HTTP/1.1",
    "400,canaryZx91",
    "400,POST /v1/tokens HTTP/1.1\\r\\nContent-Length: 7",
    "400,GET /v1/tokens HTTP/1.1\\r\\nbad header: a",
    "414,GET /AAAA HTTP/1.1",
    "431,GET /v1/tokens HTTP/1.1\\r\\nX-Long: AAAA"
  })
  void saysNothingToWhatIsNotHttp(int status, String head) {
    RawCall call =
        RawCall.send(head.replace("\\r\\n", "\r\n").replace("AAAA", "A".repeat(20_000)), "");
    assertTrue(call.answer().matches("(?s)HTTP/1.[01] " + status + " .*"), call.answer());
    assertTrue(call.answer().endsWith("\r\n\r\n"), call.answer());
    Refusal.assertTellsNothing(call.answer());
  }

  @Test
  void takesNoCompressedBody() {
    Refusal.assertProblem(
        ProblemCode.MEDIA_TYPE,
        roles.ivr().header("Content-Encoding", "gzip").body("{}").post("/v1/tokens"));
  }

  @Test
  void answersInJsonAlone() {
    Refusal.assertProblem(
        ProblemCode.NOT_ACCEPTABLE, roles.ivr().accept("text/html").get("/v1/tokens"));
  }

  @Test
  void takesNoBodyOfMoreThan256Kilobytes() {
    Refusal.assertProblem(
        ProblemCode.BODY_TOO_LARGE,
        Roles.headersFirst(roles.ivr())
            .body("{\"profile\":\"" + "a".repeat(256 * 1024) + "\"}")
            .post("/v1/tokens"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "canaryZx91\u00e9"})
  void takesNoKeyThatIsNone(String key) {
    Refusal.assertProblem(
        ProblemCode.INVALID_FIELD,
        roles
            .ivr()
            .header("Idempotency-Key", key)
            .body("{\"card\":{\"number\":\"" + PAN + "\"}}")
            .post("/v1/tokens"));
    Refusal.assertProblem(
        ProblemCode.INVALID_FIELD,
        roles
            .ivr()
            .header("Idempotency-Key", "a".repeat(256))
            .body("{\"card\":{\"number\":\"" + PAN + "\"}}")
            .post("/v1/tokens"));
  }

  @Test
  void asksForACredential() {
    for (String path :
        List.of("/v1/tokens", "/v1/audit-events", "/v1/keys", "/v1/token-profiles")) {
      Refusal.assertProblem(ProblemCode.MISSING_CREDENTIAL, Roles.anonymous().get(path));
    }
    Refusal.assertProblem(
        ProblemCode.INVALID_CREDENTIAL,
        Roles.anonymous().header("Authorization", "Bearer canaryZx91").get("/v1/tokens"));
    // Before the body is looked at.
    Refusal.assertProblem(
        ProblemCode.MISSING_CREDENTIAL, Roles.anonymous().body("{" + PAN).post("/v1/tokens"));
  }

  @Test
  void keepsEachToItsScopes() {
    Refusal.assertProblem(
        ProblemCode.SCOPE_MISSING, roles.ivr().body(wish("", "")).post("/v1/detokenize"));
    Refusal.assertProblem(ProblemCode.SCOPE_MISSING, roles.ivr().get("/v1/audit-events"));
    Refusal.assertProblem(ProblemCode.SCOPE_MISSING, roles.ivr().get("/v1/keys"));
    Refusal.assertProblem(ProblemCode.SCOPE_MISSING, roles.ivr().delete("/v1/tokens/a"));
    Refusal.assertProblem(ProblemCode.SCOPE_MISSING, roles.compliance().get("/v1/tokens"));
    Refusal.assertProblem(
        ProblemCode.SCOPE_MISSING,
        roles.compliance().body("{\"name\":\"a\"}").post("/v1/token-profiles"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"Canary Zx91\"}|INVALID_FIELD",
        "{}|MISSING_FIELD",
        "{\"name\":\"a\",\"format\":\"canaryZx91\"}|INVALID_FIELD",
        "{\"name\":\"a\",\"format\":\"ff1\",\"reuse\":false}|INVALID_FIELD",
        "{\"name\":\"a\",\"accepted_brands\":[\"canaryZx91\"]}|INVALID_FIELD",
        "{\"name\":\"a\",\"accepted_brands\":[null]}|MISSING_FIELD",
        "{\"name\":\"a\",\"ttl_days\":0}|INVALID_FIELD",
        "{\"name\":\"a\",\"max_uses\":0}|INVALID_FIELD",
        "{\"name\":\"a\",\"max_uses\":\"1\"}|MALFORMED_JSON"
      })
  void makesNoProfileOutsideTheRules(String body, ProblemCode code) {
    Refusal.assertProblem(code, roles.admin().body(body).post("/v1/token-profiles"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"expires_at\":5}",
        "{\"metadata\":null}",
        "{\"metadata\":{\"a\":1}}",
        "{\"card\":null}",
        "{\"card\":{\"exp_month\":\"1\"}}",
        "[]",
        ""
      })
  void appliesNoPatchOfTheWrongType(String body) {
    Refusal.assertProblem(
        ProblemCode.MALFORMED_JSON,
        roles.admin().body(body).patch("/v1/tokens/tok_" + UUID.randomUUID()));
  }

  @Test
  void tellsNothingOfACardThatIsKnownElsewhere() {
    String number = TestCards.next();
    String body = "{\"card\":{\"number\":\"" + number + "\"}}";
    strangers.ivr().body(body).post("/v1/tokens").then().statusCode(201);
    Response mine = roles.ivr().body(body).post("/v1/tokens");
    mine.then().statusCode(201);
    assertEquals(false, mine.path("deduplicated"));
    assertNotNull(mine.path("token"));
  }
}
