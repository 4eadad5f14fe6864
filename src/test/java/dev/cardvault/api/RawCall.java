package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.problem.ProblemCode;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request as its bytes, for what no HTTP client lets one send; and the text of its answer. */
record RawCall(String answer) {

  private static final int PATIENCE_MILLIS = 20_000;

  /** Sends {@code head}, without its last empty line, and {@code body}; reads until the end. */
  static RawCall send(String head, String body) {
    return exchange(whole(head, body.length()) + body);
  }

  /**
   * Sends {@code head}, and no byte of the body of so many that it tells of; reads until the end.
   */
  static RawCall announce(String head, int length) {
    return exchange(whole(head + "\r\nExpect: 100-continue", length));
  }

  private static String whole(String head, int length) {
    return head
        + "\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private static RawCall exchange(String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new RawCall(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Checks that the answer refuses with {@code code}. */
  void assertProblem(ProblemCode code) {
    assertTrue(answer.startsWith("HTTP/1.1 " + code.status() + " "), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    Refusal.assertTellsNothing(answer);
    assertEquals(code.code(), body().path("code").asText());
  }

  private JsonNode body() {
    try {
      return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
