package dev.cardvault.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What came back: an HTTP answer, or a status of 0 when the connection failed and nobody can say
 * what was done.
 *
 * @param status the HTTP status, or 0
 * @param headers by their names in lower case
 * @param text the body
 * @param nanos how long it took
 */
record Answer(int status, Map<String, List<String>> headers, String text, long nanos) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<byte[]> response, long nanos) {
    return new Answer(
        response.statusCode(),
        response.headers().map(),
        new String(response.body(), StandardCharsets.UTF_8),
        nanos);
  }

  static Answer lost(Throwable failure, long nanos) {
    return new Answer(0, Map.of(), failure.toString(), nanos);
  }

  /** The body as JSON; missing when it is none. */
  JsonNode json() {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** The problem's code; empty when it is none. */
  String code() {
    return json().path("code").asText("");
  }

  String field(String name) {
    return json().path(name).asText("");
  }

  boolean succeeded() {
    return status == 200 || status == 201;
  }

  boolean isLost() {
    return status == 0;
  }

  long millis() {
    return nanos / 1_000_000;
  }

  @Override
  public String toString() {
    return status + " " + (text.length() > 300 ? text.substring(0, 300) : text);
  }
}
