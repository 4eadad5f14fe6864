package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that are no JSON, not the JSON of the endpoint, or far too much of it. */
final class JsonAbuseIT {

  private static final String SECRET = "zebra-4242";
  private static final String NUMBER = "4111111111111111";
  private static final List<String> JSON = List.of("Content-Type: application/json");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Every endpoint that takes a body, and the role that may call it. */
  private static final Map<String, String> ENDPOINTS =
      Map.of(
          "/v1/tokens", "ivr",
          "/v1/tokens/batch", "ivr",
          "/v1/tokens/lookup", "billing",
          "/v1/detokenize", "billing",
          "/v1/detokenize/batch", "billing");

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.shared();
  }

  @Test
  @FaultCase(30)
  @Promise("P5")
  void refusesWhatIsNoJsonWithoutAnEcho() {
    bodies()
        .forEach(
            (what, body) ->
                ENDPOINTS.keySet().forEach(path -> refuses(path + ": " + what, path, body)));
    stillServes();
  }

  private static Map<String, byte[]> bodies() {
    Map<String, String> texts = new LinkedHashMap<>();
    String card = "{\"card\":{\"number\":\"" + NUMBER + "\"}";
    texts.put("nothing", "");
    texts.put("a blank", "  ");
    texts.put("an open brace", "{");
    texts.put("a truncated body", card);
    texts.put("a truncated string", "{\"card\":{\"number\":\"41111111");
    texts.put("a truncated escape", "{\"card\":{\"number\":\"\\u00");
    texts.put("a duplicate key", card + ",\"card\":{\"number\":\"" + NUMBER + "\"}}");
    texts.put("a duplicate number", "{\"card\":{\"number\":\"4\",\"number\":\"" + NUMBER + "\"}}");
    texts.put("trailing data", card + "}{}");
    texts.put("trailing text", card + "} " + SECRET);
    texts.put("NaN", card + ",\"max_uses\":NaN}");
    texts.put("infinity", card + ",\"max_uses\":-Infinity}");
    texts.put("a comment", "/* " + SECRET + " */" + card + "}");
    texts.put("single quotes", card.replace('"', '\'') + "}");
    texts.put("a bare word", SECRET);
    texts.put("an unquoted key", "{card:{\"number\":\"" + NUMBER + "\"}}");
    texts.put("a trailing comma", card + ",}");
    texts.put("a raw line break in a string", "{\"card\":{\"number\":\"4111\n" + SECRET + "\"}}");
    texts.put("an array", "[" + card + "}]");
    texts.put("a string", "\"" + SECRET + "\"");
    texts.put("a number", NUMBER);
    texts.put("null", "null");
    texts.put("true", "true");
    texts.put("an empty object", "{}");
    texts.put("an unknown field", card + ",\"surprise\":1}");
    texts.put("an unknown field of the card", "{\"card\":{\"surprise\":\"1\"}}");
    texts.put("card as a string", "{\"card\":\"" + SECRET + "\"}");
    texts.put("card as null", "{\"card\":null}");
    texts.put("card as an array", "{\"card\":[\"" + NUMBER + "\"]}");
    texts.put("number as null", "{\"card\":{\"number\":null}}");
    texts.put("number as an object", "{\"card\":{\"number\":{\"a\":\"" + SECRET + "\"}}}");
    texts.put("number as an array", "{\"card\":{\"number\":[4,1]}}");
    texts.put("number as true", "{\"card\":{\"number\":true}}");
    texts.put("profile as a number", card + ",\"profile\":" + NUMBER + "}");
    texts.put("metadata as a list", card + ",\"metadata\":[\"" + SECRET + "\"]}");
    texts.put("metadata of objects", card + ",\"metadata\":{\"a\":{\"b\":\"" + SECRET + "\"}}}");
    texts.put("max_uses as text", card + ",\"max_uses\":\"" + SECRET + "\"}");
    texts.put("max_uses beyond an int", card + ",\"max_uses\":99999999999999999999}");
    texts.put("max_uses as a fraction", card + ",\"max_uses\":1.5}");
    texts.put("max_uses below one", card + ",\"max_uses\":-1}");
    texts.put("expires_at no time", card + ",\"expires_at\":\"" + SECRET + "\"}");
    texts.put("call as a string", card + ",\"call\":\"" + SECRET + "\"}");
    texts.put("an unknown channel", card + ",\"call\":{\"call_id\":\"1\",\"channel\":\"fax\"}}");
    texts.put("items as an object", "{\"mode\":\"partial\",\"items\":{}}");
    texts.put("items of nothing", "{\"mode\":\"partial\",\"items\":[]}");
    texts.put("a mode that is none", "{\"mode\":\"" + SECRET + "\",\"items\":[]}");
    texts.put("token as an object", "{\"token\":{\"a\":\"" + SECRET + "\"},\"reveal\":\"full\"}");
    texts.put("reveal that is none", "{\"token\":\"0123\",\"reveal\":\"" + SECRET + "\"}");
    texts.put("purpose that is none", VaultClient.detokenizeBody("0", "1").replace("charge", "x"));
    texts.put("10,000 levels", "{\"card\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}");
    texts.put("100,000 levels", "[".repeat(100_000));
    texts.put("10,000 levels of objects", "{\"card\":".repeat(10_000));
    Map<String, byte[]> bodies = new LinkedHashMap<>();
    texts.forEach((what, text) -> bodies.put(what, text.getBytes(StandardCharsets.UTF_8)));
    bodies.put("UTF-16", (card + "}").getBytes(StandardCharsets.UTF_16));
    bodies.put("UTF-16 without a mark", (card + "}").getBytes(StandardCharsets.UTF_16LE));
    bodies.put(
        "no UTF-8",
        ("{\"card\":{\"number\":\"\u00ff\u00fe\"}}").getBytes(StandardCharsets.ISO_8859_1));
    bodies.put("an overlong slash", bytes("{\"card\":{\"number\":\"", 0xc0, 0xaf));
    bodies.put("a lone surrogate", bytes("{\"card\":{\"number\":\"", 0xed, 0xa0, 0x80));
    bodies.put("only NUL", new byte[64]);
    return bodies;
  }

  private static byte[] bytes(String start, int... more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(start.getBytes(StandardCharsets.UTF_8));
    Arrays.stream(more).forEach(all::write);
    all.writeBytes("\"}}".getBytes(StandardCharsets.UTF_8));
    return all.toByteArray();
  }

  @Test
  @FaultCase(31)
  @Promise("P7")
  void refusesFarTooMuchEarlyAndServesOthers() {
    String keys =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    Map<String, byte[]> bodies =
        Map.of(
            "a million keys", keys.getBytes(StandardCharsets.UTF_8),
            "a string of 10 MB",
                ("{\"profile\":\"" + "a".repeat(10_000_000)).getBytes(StandardCharsets.UTF_8),
            "just over 256 KiB", " ".repeat(256 * 1024 + 1).getBytes(StandardCharsets.UTF_8));
    bodies.forEach(
        (what, body) ->
            ENDPOINTS.forEach(
                (path, role) -> {
                  Answer answer = send(path, role, JSON, body);
                  // A server may hang up on a body it will not read; then there is no answer.
                  if (!answer.isLost()) {
                    assertEquals(413, answer.status(), what + " to " + path + ": " + answer);
                    Refusal.check(what, answer);
                  }
                }));
    stillServes();
  }

  @Test
  @FaultCase(31)
  void doesNotUnpackACompressedBody() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    List<String> headers = List.of("Content-Type: application/json", "Content-Encoding: gzip");
    ENDPOINTS.forEach(
        (path, role) ->
            Refusal.ofBadInput("a zip bomb", send(path, role, headers, packed.toByteArray())));
    stillServes();
  }

  @Test
  @FaultCase(30)
  void refusesABatchOf501() {
    String items =
        IntStream.range(0, 501)
            .mapToObj(i -> VaultClient.tokenBody(Cards.number(900_000 + i)))
            .collect(Collectors.joining(","));
    Answer answer =
        stage
            .client()
            .post("ivr", "/v1/tokens/batch", "{\"mode\":\"partial\",\"items\":[" + items + "]}")
            .join();
    assertEquals(413, answer.status(), answer.toString());
    assertEquals("too-many-items", answer.code());
  }

  private static void refuses(String what, String path, byte[] body) {
    Refusal.ofBadInput(
        what, send(path, ENDPOINTS.getOrDefault(path, ""), JSON, body), SECRET, NUMBER);
  }

  private static Answer send(String path, String role, List<String> headers, byte[] body) {
    String token = stage.client().accessToken(role);
    return RawHttp.exchange(stage.node().port(), RawHttp.post(path, token, headers, body), LIMIT);
  }

  private static void stillServes() {
    Answer answer = stage.client().tokenize(NUMBER).join();
    assertTrue(answer.succeeded(), answer.toString());
  }
}
