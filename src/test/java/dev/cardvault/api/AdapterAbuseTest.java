package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Backing;
import dev.cardvault.testing.ConnectInput;
import dev.cardvault.testing.FaultCase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every adapter, used as it is not meant to be, answers in words its platform understands. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AdapterAbuseTest {

  private static final String PAN = "4111111111111111";
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  @Inject TestTenants tenants;

  @SuppressWarnings("NullAway.Init")
  private Roles roles;

  private final Map<Adapter, Platforms.Made> made = new EnumMap<>(Adapter.class);

  /** The adapters, and how each tells a failure. */
  enum Adapter {
    TWILIO("'kind':'pay-connector','vendor':'twilio','mode':'live'", JSON, "error_code"),
    TELNYX("'kind':'pay-connector','vendor':'telnyx','mode':'live'", JSON, "error_code"),
    SIGNALWIRE("'kind':'pay-connector','vendor':'signalwire','mode':'live'", JSON, "error_code"),
    AMAZON("'kind':'amazon-connect','mode':'live'", JSON, "status"),
    FORM_POST("'kind':'form','mode':'live'", FORM, "result.code");

    private final String fields;
    private final String mediaType;
    private final String code;

    Adapter(String fields, String mediaType, String code) {
      this.fields = fields;
      this.mediaType = mediaType;
      this.code = code;
    }

    /** A body in which {@code number} is the card. */
    String body(String number) {
      return switch (this) {
        case TWILIO, TELNYX, SIGNALWIRE ->
            Platforms.payBody(name().toLowerCase(java.util.Locale.ROOT), "t1", number);
        case AMAZON -> ConnectInput.event("c1", "'card_number':'" + number + "'");
        case FORM_POST -> "cardnumber=" + number + "&call_id=1";
      };
    }

    /** Whether who is known is told of a failure by the status 200. */
    boolean tellsBy200() {
      return this != SIGNALWIRE;
    }
  }

  @BeforeEach
  void setUp() {
    if (roles == null) {
      roles = Roles.ofNewTenant(tenants);
      for (Adapter adapter : Adapter.values()) {
        made.put(adapter, Platforms.make(roles, adapter.fields));
      }
    }
  }

  private Platforms.Made of(Adapter adapter) {
    return Objects.requireNonNull(made.get(adapter));
  }

  /** Where the adapter is, without the secret that SignalWire's address ends with. */
  private String path(Adapter adapter) {
    String kind = of(adapter).answer().path("kind");
    return "/v1/adapters/" + kind + "/" + of(adapter).id();
  }

  private RequestSpecification known(Adapter adapter) {
    return of(adapter).basic().contentType(adapter.mediaType);
  }

  private static void assertRefused(Adapter adapter, int status, String code, Response answer) {
    assertEquals(status, answer.statusCode(), answer.asString());
    assertEquals(
        code.replace('-', '_'),
        answer.<String>path(adapter.code).replace('-', '_'),
        answer.asString());
    String type = answer.contentType().replaceFirst(";.*", "");
    assertEquals(adapter == Adapter.FORM_POST ? "text/xml" : JSON, type);
    assertEquals("no-store", answer.header("Cache-Control"));
    assertEquals(status == 401, answer.header("WWW-Authenticate") != null);
    assertNotNull(answer.header("X-Request-Id"));
    Refusal.assertTellsNothing(answer.asString());
    assertFalse(answer.asString().contains("411111"), answer.asString());
  }

  @ParameterizedTest
  @EnumSource(Adapter.class)
  void unknownConnectorsAreNotFound(Adapter adapter) {
    String kind = of(adapter).answer().path("kind");
    Adapter other = adapter == Adapter.AMAZON ? Adapter.FORM_POST : Adapter.AMAZON;
    for (String id :
        List.of(
            "con_" + UUID.randomUUID(),
            "canaryZx91",
            "con_4111-1111",
            "%2e%2e",
            of(other).id(),
            "a".repeat(1000))) {
      Response answer =
          known(adapter)
              .urlEncodingEnabled(false)
              .body(adapter.body(PAN))
              .post("/v1/adapters/" + kind + "/" + id);
      assertRefused(adapter, 404, "not-found", answer);
    }
  }

  @ParameterizedTest
  @EnumSource(Adapter.class)
  void wrongCredentialsAreRefused(Adapter adapter) {
    Platforms.Made right = of(adapter);
    RequestSpecification none = right.plain().contentType(adapter.mediaType);
    assertRefused(
        adapter, 401, "missing-credential", none.body(adapter.body(PAN)).post(path(adapter)));
    String basic = "Basic " + base64(right.username() + ":" + right.password());
    for (String wrong :
        List.of(
            "Basic " + base64(right.username() + ":canaryZx91canaryZx91"),
            "Basic " + base64("canaryZx91:" + right.password()),
            "Basic " + base64(right.username()),
            "Basic canaryZx91%%",
            "Basic ",
            "Bearer ",
            "Bearer canaryZx91",
            "Bearer " + of(adapter == Adapter.AMAZON ? Adapter.TWILIO : Adapter.AMAZON).password(),
            "Digest " + basic,
            "Bearer " + "a".repeat(5000))) {
      Response answer =
          right
              .plain()
              .contentType(adapter.mediaType)
              .header("Authorization", wrong)
              .body(adapter.body(PAN))
              .post(path(adapter));
      assertRefused(adapter, 401, "invalid-credential", answer);
    }
    Response twice =
        right
            .plain()
            .contentType(adapter.mediaType)
            .header("Authorization", basic, basic)
            .body(adapter.body(PAN))
            .post(path(adapter));
    assertRefused(adapter, 401, "invalid-credential", twice);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whoGuessesIsLockedOutAndTheRightSecretIsNot() {
    Platforms.Made own = Platforms.make(roles, Adapter.TWILIO.fields);
    String body = Platforms.payBody("twilio", "t-" + Platforms.unused(), PAN);
    own.basic().contentType(JSON).body(body).post(own.path()).then().statusCode(200);
    for (int i = 0; i < 10; i++) {
      guess(own, body).then().statusCode(401);
    }
    guess(own, body).then().statusCode(429);
    // Who is remembered is not asked again, so that nobody can lock out a platform.
    own.basic().contentType(JSON).body(body).post(own.path()).then().statusCode(200);
  }

  private static Response guess(Platforms.Made connector, String body) {
    return connector
        .plain()
        .contentType(JSON)
        .header("Authorization", "Bearer guess")
        .body(body)
        .post(connector.path());
  }

  @ParameterizedTest
  @EnumSource(Adapter.class)
  @FaultCase(35)
  void onlyItsOwnMediaTypeIsTaken(Adapter adapter) {
    String wrong = adapter == Adapter.FORM_POST ? JSON : FORM;
    for (String type :
        List.of(
            wrong,
            "text/plain",
            "multipart/form-data; boundary=x",
            adapter.mediaType + "; charset=utf-16",
            adapter.mediaType + "; charset=utf-32")) {
      Response answer =
          of(adapter).basic().contentType(type).body(adapter.body(PAN)).post(path(adapter));
      assertRefused(adapter, 415, "media-type", answer);
    }
    Response compressed =
        known(adapter)
            .header("Content-Encoding", "gzip")
            .body(adapter.body(PAN))
            .post(path(adapter));
    assertRefused(adapter, 415, "media-type", compressed);
  }

  @ParameterizedTest
  @EnumSource(Adapter.class)
  @FaultCase(35)
  void onlyPostIsTakenAndNoOtherMethodsAddressIsLookedAt(Adapter adapter) {
    String withCard = path(adapter) + "?cardnumber=" + PAN;
    assertRefused(adapter, 405, "method-not-allowed", known(adapter).get(withCard));
    assertRefused(adapter, 405, "method-not-allowed", known(adapter).put(withCard));
    assertRefused(adapter, 405, "method-not-allowed", known(adapter).delete(withCard));
    assertRefused(
        adapter,
        405,
        "method-not-allowed",
        known(adapter)
            .header("X-HTTP-Method-Override", "GET")
            .body(adapter.body(PAN))
            .post(path(adapter)));
    assertRefused(
        adapter, 400, "pan-in-metadata", known(adapter).body(adapter.body(PAN)).post(withCard));
    assertRefused(
        adapter,
        400,
        "unknown-field",
        known(adapter).body(adapter.body(PAN)).post(path(adapter) + "?x=1"));
    RawCall trace = RawCall.send("TRACE " + path(adapter) + " HTTP/1.1", "");
    assertTrue(trace.answer().startsWith("HTTP/1.1 405 "), trace.answer());
  }

  @ParameterizedTest
  @EnumSource(Adapter.class)
  void aBodyThatIsTooLongIsRefused(Adapter adapter) {
    String head =
        "POST "
            + path(adapter)
            + " HTTP/1.1\r\nContent-Type: "
            + adapter.mediaType
            + "\r\nAuthorization: Basic "
            + base64(of(adapter).username() + ":" + of(adapter).password());
    RawCall told = RawCall.announce(head, 300 * 1024);
    assertTrue(told.answer().startsWith("HTTP/1.1 413 "), told.answer());
    assertTrue(told.answer().contains("body") && told.answer().contains("large"), told.answer());
  }

  @ParameterizedTest
  @EnumSource(
      value = Adapter.class,
      names = {"TWILIO", "TELNYX", "SIGNALWIRE", "AMAZON"})
  @FaultCase(30)
  void brokenJsonIsRefused(Adapter adapter) {
    String whole = adapter.body("4111111111111112");
    for (String body :
        List.of(
            "",
            " ",
            "{",
            "null",
            "[]",
            "\"canaryZx91\"",
            whole.substring(0, whole.length() / 2),
            whole + "{}",
            whole + "x",
            "{\"method\":NaN,\"Name\":NaN}",
            "{\"method\":\"a\",\"method\":\"b\",\"Name\":\"a\",\"Name\":\"b\"}",
            "{\"method\":\"a\u0000b\",\"Name\":\"a\u0000b\"}",
            "{\"method\":{\"a\":1},\"Name\":[1]}",
            "{'method':'tokenize'}",
            "\ufeff" + whole,
            "{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}",
            "{\"Name\":\"\\ud800\",\"method\":\"\\uZZZZ\"}")) {
      Response answer = known(adapter).body(body).post(path(adapter));
      int status = adapter.tellsBy200() ? 200 : 400;
      if (adapter == Adapter.AMAZON && answer.<String>path("status").equals("invalid-field")) {
        continue;
      }
      assertRefused(adapter, status, "malformed-json", answer);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Adapter.class,
      names = {"TWILIO", "TELNYX", "SIGNALWIRE"})
  @FaultCase(34)
  void strangeDigitsAreNoCardNumber(Adapter adapter) {
    Map.of(
            "\uff14111111111111111", "invalid_characters",
            "\u0664111111111111111", "invalid_characters",
            "4111111111111111\\u0000", "invalid_characters",
            "\ufeff4111111111111111", "invalid_characters",
            "4111\u202e111111111111", "invalid_characters",
            "\ud83d\udcb34111111111111111", "invalid_characters",
            "+4111111111111111", "invalid_characters",
            "4111111", "length_invalid",
            "41111111111111111111", "length_invalid",
            "", "length_invalid")
        .forEach(
            (number, code) -> {
              Response answer = known(adapter).body(adapter.body(number)).post(path(adapter));
              assertRefused(adapter, adapter.tellsBy200() ? 200 : 422, code, answer);
            });
    String asNumber = adapter.body(PAN).replace("\"" + PAN + "\"", "4.111111111111111e15");
    assertRefused(
        adapter,
        adapter.tellsBy200() ? 200 : 422,
        "invalid_characters",
        known(adapter).body(asNumber).post(path(adapter)));
  }

  @ParameterizedTest
  @EnumSource(
      value = Adapter.class,
      names = {"TWILIO", "TELNYX", "SIGNALWIRE"})
  @FaultCase({36, 47})
  void aCallIsNoPlaceForCardsAndLineBreaks(Adapter adapter) {
    for (String call : List.of(PAN, "4111 1111 1111 1111", "a\\r\\nb", "\\u001b[31m", "\\u2028x")) {
      String body = adapter.body(PAN).replace("\"CAt1\"", "\"" + call + "\"");
      Response answer = known(adapter).body(body).post(path(adapter));
      if (call.equals("\\u2028x")) {
        // A line separator is text to us; the log writes it as an escape.
        continue;
      }
      boolean card = call.startsWith("4");
      assertRefused(
          adapter,
          adapter.tellsBy200() ? 200 : 400,
          card ? "pan_in_metadata" : "invalid_field",
          answer);
    }
  }
}
