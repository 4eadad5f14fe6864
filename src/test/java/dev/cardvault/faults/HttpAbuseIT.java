package dev.cardvault.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests that abuse HTTP itself. */
final class HttpAbuseIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String BODY = VaultClient.tokenBody("4111111111111111");

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.shared();
  }

  @Test
  @FaultCase(33)
  void refusesAbusedHeaders() {
    String token = stage.client().accessToken("ivr");
    for (String path :
        List.of(
            "/v1/tokens",
            "/v1/captures",
            "/v1/captures/cap_x/keys",
            "/v1/adapters/pay-connector/x",
            "/v1/adapters/amazon-connect/x",
            "/v1/adapters/form/x")) {
      String start = "POST " + path + " HTTP/1.1\r\nAuthorization: Bearer " + token + "\r\n";
      abused(start).forEach((what, request) -> assertRefused(path + ": " + what, request));
    }
    stillServes();
  }

  private static Map<String, String> abused(String start) {
    String json = "Content-Type: application/json\r\n";
    String length = "Content-Length: " + BODY.length() + "\r\n";
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("100 kB of header", start + "Host: a\r\nX-A: " + "a".repeat(100_000) + "\r\n\r\n");
    requests.put(
        "1,000 headers",
        start + "Host: a\r\n" + "X-A: aaaaaaaaaaaaaaaa\r\n".repeat(1_000) + "\r\n");
    requests.put(
        "two lengths", start + "Host: a\r\n" + json + length + "Content-Length: 5\r\n\r\n" + BODY);
    requests.put(
        "length and chunks",
        start + "Host: a\r\n" + json + length + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    requests.put(
        "hidden chunks",
        start + "Host: a\r\n" + json + length + "Transfer-Encoding: x, chunked\r\n\r\n0\r\n\r\n");
    requests.put("a negative length", start + "Host: a\r\nContent-Length: -1\r\n\r\n");
    requests.put("no length that is a number", start + "Host: a\r\nContent-Length: x\r\n\r\n");
    requests.put(
        "a bad chunk",
        start + "Host: a\r\n" + json + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY);
    requests.put("a space before the colon", start + "Host: a\r\nContent-Length : 5\r\n\r\n12345");
    requests.put("no name", start + "Host: a\r\n: value\r\n\r\n");
    requests.put("NUL in a header", start + "Host: a\r\nX-A: a\0b\r\n\r\n");
    requests.put("no HTTP", "\1\2\3 zebra\r\n\r\n");
    requests.put("a version of its own", "GET / HTTP/9.9\r\nHost: a\r\n\r\n");
    requests.put("a URL of 100 kB", "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    return requests;
  }

  private static void assertRefused(String what, String request) {
    Answer answer = RawHttp.exchange(stage.node().port(), request.getBytes(ISO_8859_1), LIMIT);
    assertTrue(
        answer.isLost()
            || answer.status() >= 400 && answer.status() < 500
            || answer.status() == 501
            || answer.status() == 505,
        () -> what + " was answered " + answer);
    assertFalse(answer.text().contains("TimeoutException"), () -> what + " was left open");
    assertFalse(
        answer.text().contains("Exception:") && !answer.isLost(), () -> what + ": " + answer);
  }

  @Test
  @FaultCase(33)
  void doesNotReflectInjectedOrForeignHeaders() {
    String token = stage.client().accessToken("ivr");
    byte[] request =
        RawHttp.post(
            "/v1/tokens",
            token,
            List.of(
                "Content-Type: application/json",
                "X-Request-Id: a%0d%0aSet-Cookie:%20b=c",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-For: 203.0.113.7",
                "Forwarded: for=203.0.113.7;host=evil.example"),
            BODY.getBytes(ISO_8859_1));
    Answer answer = RawHttp.exchange(stage.node().port(), request, LIMIT);
    assertTrue(answer.succeeded(), answer.toString());
    assertFalse(answer.headers().containsKey("set-cookie"));
    assertFalse((answer.headers() + answer.text()).contains("evil.example"));
    assertFalse((answer.headers() + answer.text()).contains("Set-Cookie"));
  }

  @Test
  @FaultCase(33)
  void waitsForNoBodyThatWasNotAsked() {
    byte[] request =
        ("POST /v1/tokens HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type:"
                + " application/json\r\nContent-Length: 10000000\r\n\r\n")
            .getBytes(ISO_8859_1);
    Answer answer = RawHttp.exchange(stage.node().port(), request, LIMIT);
    assertTrue(
        answer.isLost() || answer.status() >= 400 && answer.status() < 500, answer.toString());
  }

  @Test
  @FaultCase(35)
  void refusesOtherMediaTypesAndMethods() {
    String token = stage.client().accessToken("ivr");
    byte[] body = BODY.getBytes(ISO_8859_1);
    for (String type :
        List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "application/json; charset=utf-7",
            "application/json; charset=none-such",
            "nonsense",
            "*/*")) {
      Answer answer =
          RawHttp.exchange(
              stage.node().port(),
              RawHttp.post("/v1/tokens", token, List.of("Content-Type: " + type), body),
              LIMIT);
      assertEquals(415, answer.status(), type + ": " + answer);
      Refusal.check(type, answer);
    }
    Answer none =
        RawHttp.exchange(
            stage.node().port(), RawHttp.post("/v1/tokens", token, List.of(), body), LIMIT);
    assertEquals(415, none.status(), none.toString());
  }

  @Test
  @FaultCase(35)
  void refusesOtherMethods() {
    String token = stage.client().accessToken("ivr");
    for (String method : List.of("TRACE", "PUT", "PATCH", "CONNECT", "PROPFIND", "FOO")) {
      String request =
          method
              + " /v1/tokens HTTP/1.1\r\nHost: a\r\nX-Planted: zebra\r\nContent-Length: 0\r\n"
              + "Authorization: Bearer "
              + token
              + "\r\n\r\n";
      Answer answer = RawHttp.exchange(stage.node().port(), request.getBytes(ISO_8859_1), LIMIT);
      assertTrue(
          answer.status() == 405
              || answer.status() == 501
              || answer.status() == 404
              || answer.status() == 400
              || answer.isLost(),
          method + ": " + answer);
      assertFalse(answer.text().contains("zebra"), method + " was echoed");
    }
    String override =
        "GET /v1/tokens HTTP/1.1\r\nHost: a\r\nX-HTTP-Method-Override: DELETE\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n\r\n";
    assertEquals(
        405, RawHttp.exchange(stage.node().port(), override.getBytes(ISO_8859_1), LIMIT).status());
  }

  @Test
  @FaultCase(32)
  @Promise("P7")
  void closesSlowConnectionsAndServesOthersMeanwhile() throws IOException {
    String token = stage.client().accessToken("ivr");
    List<Socket> slow = new ArrayList<>();
    try (Stage impatient = Stage.own().env("QUARKUS_HTTP_IDLE_TIMEOUT", "3S").start()) {
      for (int i = 0; i < 500; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), impatient.node().port());
        slow.add(socket);
        String part =
            i % 3 == 0
                ? "POST /v1/tok"
                : i % 3 == 1
                    ? "POST /v1/tokens HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                        + token
                        + "\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"card\""
                    : "";
        socket.getOutputStream().write(part.getBytes(ISO_8859_1));
      }
      for (int i = 0; i < 20; i++) {
        Answer answer = impatient.client().tokenize("4111111111111111").join();
        assertTrue(answer.succeeded(), answer.toString());
        assertTrue(answer.millis() < 5_000, "took " + answer.millis() + " ms");
      }
      Eventually.await(
          "slow connections are closed",
          Duration.ofSeconds(20),
          () -> slow.stream().allMatch(HttpAbuseIT::isClosed));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      socket.setSoTimeout(1);
      byte[] rest = new byte[4096];
      for (int n = socket.getInputStream().read(rest); n >= 0; ) {
        n = socket.getInputStream().read(rest);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static void stillServes() {
    Answer answer = stage.client().tokenize("4111111111111111").join();
    assertTrue(answer.succeeded(), answer.toString());
  }
}
