package dev.cardvault.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.api.TestCapture.Watch;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures as IVRs, agents and billing meet them: over HTTP. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
class CaptureEndpointsTest {

  private static final String ALL = "\"pan\",\"expiry\",\"security_code\"";
  private static final DateTimeFormatter MMYY = DateTimeFormatter.ofPattern("MMyy");
  private static final Pattern FOUR_DIGITS = Pattern.compile("\"[0-9]{3,}\"");

  @Inject TestTenants tenants;

  /** One tenant for all: none of them minds what the others captured. */
  private static @Nullable Roles shared;

  private Roles roles;

  @BeforeEach
  void makeATenant() {
    Roles known = shared == null ? Roles.ofNewTenant(tenants) : shared;
    shared = known;
    roles = known;
  }

  private TestCapture open(String fields) {
    return TestCapture.open(roles, fields);
  }

  private static String month(int away) {
    return MMYY.format(YearMonth.now(ZoneOffset.UTC).plusMonths(away));
  }

  @Test
  void givesATokenForKeysAndShowsNoDigitBefore() {
    TestCapture capture = open(ALL);
    Watch watch = capture.watch();
    capture.pressed("4111111111111111").command("ask", "pan");
    JsonNode last = watch.await("16 keys", event -> count(event, 0) == 16);
    assertFalse(FOUR_DIGITS.matcher(watch.text()).find(), watch.text());
    assertEquals("visa", last.at("/capture/brand").asText());
    assertTrue(last.at("/capture/last4").isNull());
    capture.pressed("#").pressed("1230").pressed("123").awaitState("completed");
    capture
        .snapshot()
        .then()
        .body("token.token", startsWith("0"))
        .body("token.card.brand", equalTo("visa"))
        .body("token.card.last4", equalTo("1111"))
        .body("token.card.exp_month", equalTo(12))
        .body("token.call.agent_id", equalTo("agent-7"))
        .body("token.call.media_encrypted", is(true))
        .body("view.last4", equalTo("1111"));
    String text = watch.awaitEnd().text();
    assertFalse(text.contains("4111"), "a digit of the number");
    assertFalse(text.contains("1230"), "the expiry");
    assertFalse(text.contains("\"123\""), "the code");
    assertFalse(text.contains(capture.snapshot().<String>path("token.token")), "the token");
    assertTrue(watch.types().containsAll(List.of("linked", "key", "brand", "accepted", "ended")));
  }

  private static int count(JsonNode event, int field) {
    return event.at("/capture/fields/" + field + "/count").asInt();
  }

  @Test
  void forgetsWhatTheCallerClears() {
    TestCapture capture = open("\"pan\"").pressed("4111*4242424242424242#");
    capture.awaitState("completed").snapshot().then().body("token.card.last4", equalTo("4242"));
  }

  @Test
  void failsAfterThreeBadNumbers() {
    Roles alone = Roles.ofNewTenant(tenants);
    TestCapture capture = TestCapture.open(alone, "\"pan\"");
    for (int i = 0; i < 3; i++) {
      capture.pressed("4111111111111112#");
    }
    capture.snapshot().then().body("view.state", equalTo("failed")).body("token", nullValue());
    assertEquals("attempts-used-up", capture.reason());
    alone.ivr().get("/v1/tokens").then().body("data.size()", equalTo(0));
  }

  @Test
  void takesAmexAtItsFifteenthDigitAndWantsFourDigitsOfCode() {
    TestCapture capture = open("\"pan\",\"security_code\"").pressed("37828224631000");
    assertEquals("collecting", capture.state());
    capture.pressed("5");
    assertEquals("field_ok", capture.state());
    capture.pressed("123#");
    assertEquals("length-invalid", capture.reason());
    capture.pressed("1234").awaitState("completed");
  }

  @Test
  void takesASixteenDigitVisaAfterTwoSecondsAndNotBefore() {
    TestCapture capture = open("\"pan\"");
    long before = System.nanoTime();
    capture.pressed("4111111111111111");
    long after = System.nanoTime();
    assertEquals("collecting", capture.state());
    Eventually.await("accepted", TestCapture.SOON, () -> !capture.state().equals("collecting"));
    long accepted = System.nanoTime();
    assertTrue(Duration.ofNanos(accepted - before).toMillis() >= 2000, "not before 2 s");
    assertTrue(Duration.ofNanos(accepted - after).toMillis() < 3500, "and not long after");
    capture.awaitState("completed");
  }

  @ParameterizedTest
  @CsvSource({
    "222100, mastercard",
    "272099, mastercard",
    "222099, unknown",
    "272100, unknown",
    "40117, ",
    "401177, visa"
  })
  void tellsTheBrandOnceItIsDecided(String digits, @Nullable String brand) {
    open("\"pan\"").pressed(digits).snapshot().then().body("view.brand", equalTo(brand));
  }

  @Test
  void tellsABrandThatIsNotAcceptedAtTheDecidingDigit() {
    TestCapture capture = TestCapture.open(roles, "\"pan\"", ",\"accepted_brands\":[\"visa\"]");
    capture.pressed("5");
    assertEquals("collecting", capture.state());
    capture.pressed("1");
    assertEquals("field_invalid", capture.state());
    assertEquals("brand-not-accepted", capture.reason());
    capture.pressed("05105105105100#").pressed("4242424242424242#").awaitState("completed");
  }

  @Test
  void refusesAnExpiryThatIsNoneOrPast() {
    TestCapture capture = open("\"expiry\",\"pan\"").pressed("1323");
    assertEquals("expiry-invalid", capture.reason());
    capture.pressed(month(-1));
    assertEquals("card-expired", capture.reason());
    capture.pressed(month(0));
    assertEquals("field_ok", capture.state());
  }

  @Test
  void letsTheAgentResetWhileTheCallerKeys() {
    TestCapture capture = open("\"pan\"");
    Watch watch = capture.watch();
    capture.pressed("411111");
    capture.command("reset").then().statusCode(200).body("view.fields[0].count", equalTo(0));
    capture.pressed("5555555555554444").awaitState("completed");
    capture.snapshot().then().body("token.card.last4", equalTo("4444"));
    assertTrue(watch.awaitEnd().types().contains("cleared"));
  }

  @Test
  void putsKeysInOrderAndCountsThemOnce() {
    TestCapture capture = open("\"pan\"");
    for (int seq = 1; seq <= 6; seq++) {
      capture.key(seq, "4");
    }
    capture.key(7, "2").then().statusCode(200);
    capture.key(7, "2").then().statusCode(200).body("view.fields[0].count", equalTo(7));
    CompletableFuture<Response> early =
        CompletableFuture.supplyAsync(() -> capture.key(9, "4242424242#"));
    Eventually.await("waiting", TestCapture.SOON, () -> !early.isDone());
    capture.key(8, "*424242").then().statusCode(200);
    assertEquals(200, early.join().statusCode());
    capture.awaitState("completed").snapshot().then().body("token.card.last4", equalTo("4242"));
  }

  @Test
  void asksForResynchronisationWhenKeysAreMissing() {
    TestCapture capture = open("\"pan\"").pressed("4");
    long start = System.nanoTime();
    capture
        .key(3, "1")
        .then()
        .statusCode(409)
        .body("code", equalTo("resync"))
        .body("detail", containsString("seq 2"));
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() >= 990);
    capture.key(2, "1").then().body("view.fields[0].count", equalTo(2)).body("next_seq", is(3));
  }

  @Test
  void keepsThePowersOfItsSecretsApart() {
    TestCapture capture = open("\"pan\"");
    String keys = "{\"seq\":1,\"keys\":\"4\"}";
    String cancel = "{\"command\":\"cancel\"}";
    String observer = capture.secret("observer");
    String pad = capture.secret("keys");
    capture.with(observer).body(keys).post(capture.url("/keys")).then().statusCode(403);
    capture.with(observer).body(cancel).post(capture.url("/commands")).then().statusCode(403);
    capture.with(observer).delete(capture.url("")).then().statusCode(403);
    capture.with(pad).body(cancel).post(capture.url("/commands")).then().statusCode(403);
    capture.with(pad).get(capture.url("")).then().statusCode(403);
    capture.with(observer).get(capture.url("")).then().statusCode(200).body("token", nullValue());
    roles.ivr().body(keys).post(capture.url("/keys")).then().statusCode(401);
    roles.billing().get(capture.url("")).then().statusCode(403);
    Roles.anonymous().body(keys).post(capture.url("/keys")).then().statusCode(401);
    TestCapture other = open("\"pan\"");
    capture.with(other.secret("keys")).body(keys).post(capture.url("/keys")).then().statusCode(401);
    assertEquals(401, new Watch(watchUri(capture), other.secret("observer"), "").status());
    assertEquals(403, new Watch(watchUri(capture), pad, "").status());
    Roles.ofNewTenant(tenants).ivr().get(capture.url("")).then().statusCode(404);
  }

  private static java.net.URI watchUri(TestCapture capture) {
    return java.net.URI.create(
        io.restassured.RestAssured.baseURI
            + ":"
            + io.restassured.RestAssured.port
            + capture.url("/events"));
  }

  @Test
  void isAbandonedWithinASecondWhenTheCallerHangsUp() {
    TestCapture capture = open("\"pan\"").pressed("411111");
    Watch watch = capture.watch();
    long start = System.nanoTime();
    capture.with(capture.secret("keys")).delete(capture.url("")).then().statusCode(200);
    assertEquals("abandoned", capture.state());
    watch.await("ended");
    assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 1000);
    awaitEvent("CAPTURE_ABANDON");
  }

  @Test
  void answersNothingMoreOnceItHasEnded() {
    TestCapture capture = open("\"pan\"").pressed("5555555555554444").awaitState("completed");
    for (Response late :
        List.of(
            capture.key(99, "4111111111111111"),
            capture.command("reset"),
            roles.ivr().delete(capture.url("")))) {
      late.then().statusCode(410).body("code", equalTo("capture-ended"));
      Refusal.assertTellsNothing(late.asString());
    }
  }

  @Test
  void replaysWhatAWatcherMissed() {
    TestCapture capture = open("\"pan\"").pressed("4111");
    Watch all = capture.watch("0");
    all.await("4 keys", event -> count(event, 0) == 4);
    capture.pressed("*");
    capture.command("cancel");
    List<JsonNode> events = all.awaitEnd().events();
    long third = events.get(2).get("id").asLong();
    Watch later = capture.watch(Long.toString(third)).awaitEnd();
    assertEquals(events.subList(3, events.size()).size(), later.events().size());
    assertEquals(third + 1, later.events().get(0).get("id").asLong());
    assertEquals("snapshot", capture.watch("").awaitEnd().types().get(0));
    assertEquals("snapshot", capture.watch("999").awaitEnd().types().get(0));
  }

  @Test
  void linksAnAgentsScreenByItsCode() {
    TestCapture capture = TestCapture.open(roles, "\"pan\",\"expiry\"", "");
    String wrong = capture.linkCode().equals("000000") ? "000001" : "000000";
    link(capture, wrong).then().statusCode(401);
    String desk =
        link(capture, capture.linkCode()).then().statusCode(200).extract().path("desk_secret");
    capture.pressed("4111111111111111#");
    capture
        .with(desk)
        .body("{\"command\":\"reset\",\"field\":\"pan\"}")
        .post(capture.url("/commands"))
        .then()
        .statusCode(200)
        .body("view.field", equalTo("pan"));
    capture
        .with(desk)
        .body("{\"command\":\"cancel\"}")
        .post(capture.url("/commands"))
        .then()
        .statusCode(403);
    assertEquals(200, new Watch(watchUri(capture), desk, "").status());
    awaitEvent("CAPTURE_LINK");
  }

  @Test
  void givesUpALinkCodeAfterFiveWrongOnes() {
    TestCapture capture =
        TestCapture.open(
            roles, "\"pan\"", ",\"profile\":\"" + profile(",\"link_required\":true") + "\"");
    String wrong = capture.linkCode().equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 5; i++) {
      link(capture, wrong).then().statusCode(401);
    }
    link(capture, capture.linkCode()).then().statusCode(410);
    assertEquals("link-code-used-up", capture.reason());
  }

  @Test
  void takesTheLinkCodeAtTheKeypad() {
    TestCapture capture =
        TestCapture.open(
            roles, "\"pan\"", ",\"profile\":\"" + profile(",\"link_required\":true") + "\"");
    capture.command("ask").then().statusCode(409);
    capture.pressed(capture.linkCode());
    assertEquals("linked", capture.state());
    capture.pressed("4242424242424242#").awaitState("completed");
  }

  private static Response link(TestCapture capture, String code) {
    return Roles.anonymous().body("{\"link_code\":\"" + code + "\"}").post(capture.url("/link"));
  }

  private String profile(String settings) {
    String name = "p-" + System.nanoTime();
    roles
        .admin()
        .body("{\"name\":\"" + name + "\"" + settings + "}")
        .post("/v1/capture-profiles")
        .then()
        .statusCode(201);
    return name;
  }

  @Test
  void goesByTheSettingsOfItsProfile() {
    String name =
        profile(
            ",\"key_map\":{\"end\":\"*\",\"clear\":\"\"},\"limits\":{\"attempts\":1},"
                + "\"luhn_warns_for\":[\"unionpay\"],\"read_back\":true");
    TestCapture lenient = TestCapture.open(roles, "\"pan\"", ",\"profile\":\"" + name + "\"");
    lenient.pressed("6200000000000006*");
    assertEquals("confirming", lenient.state());
    lenient.command("complete").then().statusCode(200);
    lenient.awaitState("completed").snapshot().then().body("token.card.last4", equalTo("0006"));
    String token = lenient.snapshot().path("token.token");
    roles
        .billing()
        .body(
            "{\"token\":\""
                + token
                + "\",\"reveal\":\"full\",\"purpose\":\"charge\","
                + "\"reference\":{\"type\":\"order\",\"id\":\"1\"}}")
        .post("/v1/detokenize")
        .then()
        .statusCode(200)
        .body("card.number", equalTo("6200000000000006"));
    TestCapture strict = TestCapture.open(roles, "\"pan\"", ",\"profile\":\"" + name + "\"");
    strict.pressed("4111*");
    assertEquals("failed", strict.state());
  }

  @Test
  void makesAndChangesProfiles() {
    String name =
        profile(",\"accepted_brands\":[\"visa\",\"amex\"],\"limits\":{\"first_digit_ms\":20000}");
    roles
        .ivr()
        .get("/v1/capture-profiles/" + name)
        .then()
        .statusCode(200)
        .body("limits.first_digit_ms", equalTo(20000))
        .body("limits.attempts", equalTo(3));
    roles
        .admin()
        .contentType("application/merge-patch+json")
        .body("{\"limits\":{\"attempts\":5},\"accepted_brands\":null}")
        .patch("/v1/capture-profiles/" + name)
        .then()
        .statusCode(200)
        .body("limits.first_digit_ms", equalTo(20000))
        .body("limits.attempts", equalTo(5))
        .body("accepted_brands.size()", equalTo(0));
    roles
        .admin()
        .body("{\"limits\":{\"attempts\":11}}")
        .patch("/v1/capture-profiles/" + name)
        .then()
        .statusCode(400);
    roles
        .admin()
        .body("{\"nothing\":1}")
        .patch("/v1/capture-profiles/" + name)
        .then()
        .statusCode(400)
        .body("code", equalTo("unknown-field"));
    roles.ivr().get("/v1/capture-profiles").then().body("data.name", hasItem(name));
    roles
        .admin()
        .body("{\"name\":\"" + name + "\"}")
        .post("/v1/capture-profiles")
        .then()
        .statusCode(409);
    roles.ivr().get("/v1/capture-profiles/none").then().statusCode(404);
    roles.ivr().body("{\"name\":\"x\"}").post("/v1/capture-profiles").then().statusCode(403);
  }

  @Test
  void handsASecurityCodeOutOnce() {
    TestCapture capture =
        open("\"pan\",\"security_code\"").pressed("4242424242424242#").pressed("987");
    String token = capture.awaitState("completed").snapshot().path("token.token");
    roles.ivr().post(consume(token)).then().statusCode(403);
    Roles.ofNewTenant(tenants).billing().post(consume(token)).then().statusCode(404);
    roles
        .billing()
        .post(consume(token))
        .then()
        .statusCode(200)
        .body("security_code", equalTo("987"))
        .body("token", equalTo(token))
        .body("audit_event_id", startsWith("evt_"));
    Eventually.await(
        "the second request is refused as such",
        TestCapture.SOON,
        () -> roles.billing().post(consume(token)).path("code").equals("security-code-used"));
    roles
        .compliance()
        .get("/v1/audit-events?action=SECURITY_CODE_CONSUME")
        .then()
        .body("data.outcome", hasItems("GRANTED", "DENIED"))
        .body("data.rule", hasItem("security-code-used"));
  }

  @Test
  void knowsNoCodeOfATokenThatHadNone() {
    // Nobody else here keys this card with a code.
    TestCapture capture = open("\"pan\"").pressed("4000056655665556#");
    String token = capture.awaitState("completed").snapshot().path("token.token");
    roles.billing().post(consume(token)).then().statusCode(404).body("code", equalTo("not-found"));
  }

  private static String consume(String token) {
    return "/v1/tokens/" + token + "/security-code/consume";
  }

  @Test
  void tellsTheAuditLogWhoCapturedWhatOnWhichCall() {
    open(ALL).pressed("4242424242424242#").pressed("1230").pressed("123").awaitState("completed");
    awaitEvent("CAPTURE_COMPLETE");
    roles
        .compliance()
        .get("/v1/audit-events?call_id=call-1&limit=50")
        .then()
        .body(
            "data.action",
            hasItems(
                "CAPTURE_START", "CAPTURE_LINK", "CAPTURE_FIELD", "CAPTURE_COMPLETE", "TOKENIZE"))
        .body(
            "data.subject",
            hasItem(
                containsString(
                    "field=security_code channel=agent_assist media_encrypted=true"
                        + " recording_suppressed=false agent=agent-7")));
  }

  @Test
  void hasTheRecorderPausedAndGoOnAgain() {
    String destination =
        roles
            .admin()
            .body(
                "{\"name\":\"recorder\",\"address\":\"https://recorder.example.com/in\","
                    + "\"kinds\":[\"recorder_pause\",\"recorder_resume\"]}")
            .post("/v1/destinations")
            .then()
            .statusCode(201)
            .extract()
            .path("destination.id");
    TestCapture capture = open("\"pan\"").pressed("4111");
    assertEquals(List.of("recorder_pause"), kindsSentTo(destination));
    capture.command("cancel");
    Eventually.await(
        "the recorder goes on",
        TestCapture.SOON,
        () -> kindsSentTo(destination).equals(List.of("recorder_resume", "recorder_pause")));
  }

  private List<String> kindsSentTo(String destination) {
    return roles.admin().get("/v1/destinations/" + destination + "/messages").path("data.kind");
  }

  private void awaitEvent(String action) {
    Eventually.await(
        action,
        TestCapture.SOON,
        () ->
            roles
                    .compliance()
                    .get("/v1/audit-events?action=" + action)
                    .<List<Object>>path("data")
                    .size()
                > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"seq\":1}",
        "{\"keys\":\"4111111111111111\"}",
        "{\"seq\":1,\"keys\":4111111111111111}",
        "{\"seq\":1,\"keys\":[\"4111111111111111\"]}",
        "{\"seq\":1,\"keys\":\"4111111111111111\",\"keys\":\"4111111111111111\"}",
        "{\"seq\":1,\"keys\":\"\"}",
        "{\"seq\":1,\"keys\":\"41x1\"}",
        "{\"seq\":1,\"keys\":\"\\u0034\"}",
        "{\"seq\":1,\"keys\":\"\u0664\u0661\"}",
        "{\"seq\":1,\"keys\":\"4111\\u0000\"}",
        "{\"seq\":0,\"keys\":\"1\"}",
        "{\"seq\":1.5,\"keys\":\"1\"}",
        "{\"seq\":1e99,\"keys\":\"1\"}",
        "{\"seq\":\"1\",\"keys\":\"1\"}",
        "{\"seq\":NaN,\"keys\":\"1\"}",
        "{\"seq\":1,\"keys\":\"4111111111111111\"} 4111111111111111",
        "{\"seq\":1,\"keys\":\"1\",\"card\":\"4111111111111111\"}",
        "{\"seq\":1,\"keys\":\"1\",\"x\":{\"keys\":\"4111111111111111\"}}",
        "{\"seq\":1,\"k\\u0065ys\":\"4111111111111111\"}",
        "[\"4111111111111111\"]"
      })
  @FaultCase({30, 34, 36})
  void refusesKeysThatAreNone(String body) {
    TestCapture capture = open("\"pan\"");
    Response refused = capture.with(capture.secret("keys")).body(body).post(capture.url("/keys"));
    assertEquals(400, refused.statusCode(), refused.asString());
    Refusal.assertTellsNothing(refused.asString());
    capture.snapshot().then().body("view.fields[0].count", equalTo(0));
    capture.pressed("4").snapshot().then().body("view.fields[0].count", equalTo(1));
  }

  @Test
  @FaultCase(30)
  void refusesTooManyKeys() {
    TestCapture capture = open("\"pan\"");
    capture.key(1, "4".repeat(65)).then().statusCode(400);
    Roles.headersFirst(capture.with(capture.secret("keys")))
        .body("{\"seq\":1,\"keys\":\"" + "4".repeat(300_000) + "\"}")
        .post(capture.url("/keys"))
        .then()
        .statusCode(413);
  }

  @Test
  @FaultCase(35)
  void refusesOtherMediaTypesAndMethods() {
    TestCapture capture = open("\"pan\"");
    for (String type : List.of("text/plain", "application/json; charset=utf-16")) {
      assertEquals(
          415,
          capture
              .with(capture.secret("keys"))
              .contentType(type)
              .body("{\"seq\":1,\"keys\":\"4\"}")
              .post(capture.url("/keys"))
              .statusCode(),
          type);
    }
    capture.with(capture.secret("keys")).get(capture.url("/keys")).then().statusCode(405);
    capture
        .with(capture.secret("keys"))
        .header("X-HTTP-Method-Override", "DELETE")
        .get(capture.url(""))
        .then()
        .statusCode(405);
    capture
        .with(capture.secret("observer"))
        .accept("text/html")
        .get(capture.url("/events"))
        .then()
        .statusCode(406);
  }

  @Test
  @FaultCase(36)
  void refusesCardNumbersWhereTheyDoNotBelong() {
    for (String more :
        List.of(
            ",\"metadata\":{\"a\":\"4111111111111111\"}",
            ",\"queue\":\"4111111111111111\"",
            ",\"profile\":\"4111111111111111\"")) {
      Response refused = roles.ivr().body(TestCapture.wish("\"pan\"", more)).post("/v1/captures");
      assertEquals(400, refused.statusCode(), refused.asString());
      assertEquals(ProblemCode.PAN_IN_METADATA.code(), refused.path("code"));
      Refusal.assertTellsNothing(refused.asString());
    }
    TestCapture capture = open("\"pan\"");
    RawCall.send(
            "GET "
                + capture.url("?keys=4111111111111111")
                + " HTTP/1.1\r\nAuthorization: Bearer "
                + roles.ivrToken(),
            "")
        .assertProblem(ProblemCode.PAN_IN_METADATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"fields\":[]",
        "\"fields\":[\"expiry\"]",
        "\"fields\":[\"pan\",\"pan\"]",
        "\"fields\":[\"pan\",\"cvv\"]",
        "\"fields\":[\"pan\"],\"limits\":{\"attempts\":0}",
        "\"fields\":[\"pan\"],\"limits\":{\"accept_after_ms\":9000,\"between_digits_ms\":5000}",
        "\"fields\":[\"pan\"],\"key_map\":{\"end\":\"1\"}",
        "\"fields\":[\"pan\"],\"key_map\":{\"end\":\"*\",\"clear\":\"*\"}",
        "\"fields\":[\"pan\"],\"accepted_brands\":[\"nobody\"]",
        "\"fields\":[\"pan\"],\"profile\":\"none\"",
        "\"fields\":[\"pan\"],\"token_profile\":\"none\"",
        "\"fields\":[\"pan\"],\"nothing\":1"
      })
  void refusesACaptureThatMakesNoSense(String rest) {
    Response refused =
        roles
            .ivr()
            .body("{\"call_id\":\"1\",\"channel\":\"ivr_dtmf\"," + rest + "}")
            .post("/v1/captures");
    assertEquals(400, refused.statusCode(), refused.asString());
  }

  @Test
  @FaultCase(47)
  void takesTheCallsNamesAsTheyAreAndNoLineBreaks() {
    Response refused =
        roles
            .ivr()
            .body("{\"call_id\":\"1\\r\\n2\",\"channel\":\"ivr_dtmf\",\"fields\":[\"pan\"]}")
            .post("/v1/captures");
    assertEquals(400, refused.statusCode());
    assertEquals("/call_id", refused.path("errors[0].pointer"));
  }

  @Test
  void knowsNoCaptureThatWasMadeUp() {
    TestCapture capture = open("\"pan\"");
    String forged = capture.id().substring(0, 60) + "AAAAAAAA";
    assertNotEquals(forged, capture.id());
    for (String id : List.of(forged, "cap_1", "x")) {
      roles
          .ivr()
          .get("/v1/captures/" + id)
          .then()
          .statusCode(404)
          .body("code", equalTo("capture-not-found"));
      capture
          .with(capture.secret("keys"))
          .body("{\"seq\":1,\"keys\":\"4\"}")
          .post("/v1/captures/" + id + "/keys")
          .then()
          .statusCode(404);
    }
  }
}
