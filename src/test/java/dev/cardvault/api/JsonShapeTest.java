package dev.cardvault.api;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.Pan;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.TokenizeRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases 30, 34 and 36 of docs/faults.md, without a server. */
final class JsonShapeTest {

  private static final String PAN = "4111111111111111";
  private static final JsonShape SHAPE = new JsonShape(CreateToken.class);

  private static TokenizeRequest read(String json) {
    try (RequestBody body = Bodies.of(json)) {
      return ((CreateToken) SHAPE.read(body, redacted -> {})).checked();
    }
  }

  private static ProblemException refusalOf(String json) {
    return assertThrows(ProblemException.class, () -> read(json));
  }

  private static void assertRefused(ProblemCode code, @Nullable String pointer, String json) {
    ProblemException refusal = refusalOf(json);
    assertEquals(code, refusal.code(), json);
    assertEquals(pointer, refusal.errors().isEmpty() ? null : refusal.errors().get(0).pointer());
    assertFalse(refusal.detail().contains(PAN));
  }

  private static String card(String number) {
    return "{\"card\":{\"number\":" + number + "}}";
  }

  @RevealsPan("The test compares what was read")
  private static void assertPan(String digits, Pan pan) {
    assertArrayEquals(digits.getBytes(StandardCharsets.US_ASCII), pan.reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        " 4111111111111111 ",
        "\\u0034111111111111111",
        "4111\\u002d1111\\u00201111-1111"
      })
  void readsTheNumberHoweverItsDigitsAreWritten(String number) {
    try (TokenizeRequest request = read(card("\"" + number + "\""))) {
      assertPan(PAN, request.pan());
    }
  }

  @Test
  void leavesNoDigitInTheBody() {
    String json = card("\"4111 1111-1111\\u00311111\"");
    RequestBody body = Bodies.of(json);
    StringBuilder seen = new StringBuilder();
    SHAPE.read(body, redacted -> seen.append(Bodies.textOf(redacted)));
    assertFalse(seen.toString().matches(".*[0-9].*"), seen.toString());
    assertEquals(json.length(), seen.length());
  }

  @Test
  void readsEveryOtherField() {
    try (TokenizeRequest request =
        read(
            """
            {"card":{"number":"4111111111111111","exp_month":12,"exp_year":2030,"holder_name":"A B"},
             "profile":"orders","expires_at":"2031-01-31T01:00:00+01:00","max_uses":3,
             "metadata":{"order":"A-1"},
             "call":{"call_id":"c-1","channel":"ivr_dtmf","agent_id":null,"media_encrypted":true}}
            """)) {
      assertEquals(new CardExpiry(12, 2030), request.expiry());
      assertEquals("A B", requireNonNull(request.holder()).reveal());
      assertEquals("orders", request.profile());
      assertEquals(Instant.parse("2031-01-31T00:00:00Z"), request.expiresAt());
      assertEquals(3, request.maxUses());
      assertEquals("A-1", request.metadata().get("order"));
      assertEquals(new CallContext("c-1", "ivr_dtmf", null, null, true, null), request.call());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"４１１１１１１１１１１１１１１１\"|INVALID_CHARACTERS",
        "\"٤١١١١١١١١١١١١١١١\"|INVALID_CHARACTERS",
        "\"4111111111111111\\u0000\"|INVALID_CHARACTERS",
        "\"\\ufeff4111111111111111\"|INVALID_CHARACTERS",
        "\"\\u202e4111111111111111\"|INVALID_CHARACTERS",
        "\"4111111111111111😀\"|INVALID_CHARACTERS",
        "\"+4111111111111111\"|INVALID_CHARACTERS",
        "\"4111.1111.1111.1111\"|INVALID_CHARACTERS",
        "\"4111\\t111111111111\"|INVALID_CHARACTERS",
        "4111111111111111|INVALID_CHARACTERS",
        "4.111111111111111e15|INVALID_CHARACTERS",
        "-4111111111111111|INVALID_CHARACTERS",
        "\"\"|LENGTH_INVALID",
        "\"4\"|LENGTH_INVALID",
        "\"4111111\"|LENGTH_INVALID",
        "\"41111111111\"|LENGTH_INVALID",
        "\"41111111111111111111\"|LENGTH_INVALID",
        "\"4111111111111112\"|LUHN_FAILED",
        "\"0000000000000001\"|LUHN_FAILED",
        "\"411111111111116\"|LENGTH_INVALID",
        "null|MISSING_FIELD",
        "[\"4111111111111111\"]|PAN_IN_METADATA",
        "{\"a\":\"4111111111111111\"}|PAN_IN_METADATA",
        "true|MALFORMED_JSON"
      })
  void refusesWhatIsNoCardNumber(String number, ProblemCode code) {
    assertEquals(code, refusalOf(card(number)).code());
  }

  @Test
  void tellsWhereTheNumberStands() {
    assertRefused(ProblemCode.LUHN_FAILED, "/card/number", card("\"4111111111111112\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"4111111111111111\"",
        "4111111111111111",
        "{",
        "{\"card\"",
        "{\"card\":",
        "{\"card\":{\"number\":\"4111111111111111",
        "{\"card\":{\"number\":\"4111111111111111\"}",
        "{\"card\":{\"number\":\"4111111111111111\"}}x",
        "{\"card\":{\"number\":\"4111111111111111\"}} {}",
        "{\"card\":{\"number\":\"4111111111111111\"},}",
        "{\"card\":{\"number\":\"4111111111111111\",\"number\":\"4111111111111111\"}}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"card\":{\"number\":\"4111111111111111\"}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":NaN}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":Infinity}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":012}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":\"12\"}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":12.0}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":true}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"exp_month\":99999999999}}",
        "{\"card\":{\"number\":\"4111111111111111\",\"holder_name\":5}}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"profile\":7}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":[]}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":{\"a\":1}}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":{\"a\":{}}}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":\"\"}",
        "{\"card\":\"\"}",
        "{\"card\":[]}",
        "{\"card\":7}",
        "{/* */\"card\":{\"number\":\"4111111111111111\"}}",
        "{'card':{'number':'4111111111111111'}}",
        "{card:{number:\"4111111111111111\"}}",
        "{\"card\":{\"n\\u0075mber\":\"4111111111111111\"}}",
        "{\"card\":{\"number\":\"41111111\\q11111111\"}}",
        "{\"card\":{\"number\":\"4111111111111111\"},\"profile\":\"a\nb\"}"
      })
  void refusesWhatIsNotStrictlyJson(String json) {
    ProblemCode code = refusalOf(json).code();
    assertTrue(
        code == ProblemCode.MALFORMED_JSON || code == ProblemCode.INVALID_CHARACTERS,
        json + " " + code);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    for (byte[] bad :
        new byte[][] {
          {(byte) 0xc0, (byte) 0x80},
          {(byte) 0xff},
          {(byte) 0xe2, (byte) 0x82},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          {(byte) 0xf8, 1, 1, 1}
        }) {
      String json = "{\"profile\":\"" + new String(bad, StandardCharsets.ISO_8859_1) + "\"}";
      try (RequestBody body = Bodies.of(json.getBytes(StandardCharsets.ISO_8859_1))) {
        ProblemException refusal =
            assertThrows(ProblemException.class, () -> SHAPE.read(body, redacted -> {}));
        assertEquals(ProblemCode.MALFORMED_JSON, refusal.code());
      }
    }
    for (String charset : new String[] {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"}) {
      try (RequestBody body =
          Bodies.of(card("\"" + PAN + "\"").getBytes(Charset.forName(charset)))) {
        assertThrows(ProblemException.class, () -> SHAPE.read(body, redacted -> {}), charset);
      }
    }
    assertRefused(ProblemCode.MALFORMED_JSON, null, "\ufeff" + card("\"" + PAN + "\""));
  }

  @Test
  void refusesTenThousandLevels() {
    for (String level : new String[] {"[", "{\"a\":"}) {
      assertEquals(
          ProblemCode.MALFORMED_JSON, refusalOf("{\"metadata\":" + level.repeat(10_000)).code());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cvv", "cvc", "security_code", "track1", "pin", "anything"})
  void namesAFieldItDoesNotKnow(String name) {
    assertRefused(
        ProblemCode.UNKNOWN_FIELD,
        "/card/" + name,
        "{\"card\":{\"number\":\"4111111111111111\",\"" + name + "\":\"123\"}}");
    assertRefused(
        ProblemCode.UNKNOWN_FIELD,
        "/" + name,
        "{\"" + name + "\":\"123\",\"card\":{\"number\":\"4111111111111111\"}}");
  }

  @Test
  void namesAFieldOnlyAsFarAsItIsHarmless() {
    assertRefused(ProblemCode.UNKNOWN_FIELD, "/*script*", "{\"<script>\":1}");
    assertRefused(ProblemCode.UNKNOWN_FIELD, "/a12345**z", "{\"a1234567z\":1}");
    assertRefused(
        ProblemCode.UNKNOWN_FIELD, "/" + "x".repeat(64) + "...", "{\"" + "x".repeat(999) + "\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cvv", "CVV2", "security_code", "Security-Code", "track1", "track2", "pin_block"})
  void takesNoSensitiveDataIntoMetadata(String name) {
    assertRefused(
        ProblemCode.INVALID_FIELD,
        "/metadata/" + name,
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":{\"" + name + "\":\"123\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111111",
        "4111 1111 1111 1111",
        "paid with 4111-1111-1111-1111 today",
        "\\u0034111111111111111",
        "４１１１１１１１１１１１１１１１",
        "4111\\u200b111111111111",
        ";4111111111111111=25121010000012300000?"
      })
  void takesNoCardNumberAnywhereElse(String text) {
    assertRefused(
        ProblemCode.PAN_IN_METADATA,
        "/metadata/note",
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":{\"note\":\"" + text + "\"}}");
  }

  @Test
  void takesNoCardNumberAsANameOrNumber() {
    assertRefused(ProblemCode.PAN_IN_METADATA, "/41111***********", "{\"" + PAN + "\":1}");
    assertRefused(ProblemCode.PAN_IN_METADATA, "/max_uses", "{\"max_uses\":" + PAN + "}");
    assertRefused(ProblemCode.PAN_IN_METADATA, "/number", "{\"number\":\"" + PAN + "\"}");
    assertRefused(
        ProblemCode.PAN_IN_METADATA,
        "/a/1/card/number",
        "{\"a\":[0,{\"card\":{\"number\":\"" + PAN + "\"}}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\\u0000\"", "\"a\\u0007b\"", "\"\\ud800\"", "\"\\ud83d\"", "\"\\u0085\""})
  void takesNoTextThatCannotBeStored(String text) {
    assertRefused(
        ProblemCode.INVALID_FIELD,
        "/metadata/note",
        "{\"card\":{\"number\":\"4111111111111111\"},\"metadata\":{\"note\":" + text + "}}");
  }

  @Test
  void wipesTheNumberOfARefusedRequest() {
    LiftedPans pans =
        BodyScan.lift(
            Bodies.of(card("\"" + PAN + "\"")), BodyPlaces.withPanAt("/card/number"), Pan::copyOf);
    Pan pan = requireNonNull(pans.at(18)).take();
    pans.close();
    assertThrows(IllegalStateException.class, () -> assertPan(PAN, pan));
  }

  @Test
  void tellsOfEachItemOfABatchByItself() {
    try (RequestBody body =
        Bodies.of(
            """
            {"mode":"partial","items":[{"card":{"number":"4111111111111111"}},
             {"card":{"number":"4111111111111112"}},{"card":{}},null,
             {"card":{"number":"5555555555554444"},"max_uses":0}]}
            """)) {
      CreateTokens wish = (CreateTokens) new JsonShape(CreateTokens.class).read(body, b -> {});
      var results =
          wish.checked().stream()
              .map(item -> item.match(ok -> "ok", e -> e.code() + e.errors().get(0).pointer()))
              .toList();
      assertEquals(
          List.of(
              "ok",
              "LUHN_FAILED/items/1/card/number",
              "MISSING_FIELD/items/2/card/number",
              "MISSING_FIELD/items/3",
              "INVALID_FIELD/items/4/max_uses"),
          results);
    }
  }

  @Test
  void overwritesWhatIsNotKept() {
    String json =
        "{\"method\":\"tokenize\",\"cvv\":\"9876\",\"phone\":4111111111111111,\"deep\":[{\"a\":\""
            + PAN
            + "\"}],\"cardnumber\":\"5555555555554444\",\"parameters\":{\"call_id\":\"c1\",\"x\":\""
            + PAN
            + "\"},\"ok\":true}";
    JsonShape shape = new JsonShape(PayRequest.class);
    try (RequestBody body = Bodies.of(json)) {
      String[] seen = new String[1];
      PayRequest request =
          (PayRequest)
              shape.read(
                  body,
                  Pan::copyOf,
                  redacted ->
                      seen[0] =
                          new String(
                              redacted.bytes(), 0, redacted.length(), StandardCharsets.UTF_8));
      assertEquals("tokenize", request.method());
      assertFalse(seen[0].contains("9876"), seen[0]);
      assertFalse(seen[0].contains("4111"), seen[0]);
      assertFalse(seen[0].contains("5555"), seen[0]);
      assertTrue(seen[0].contains("c1"), seen[0]);
    }
  }
}
