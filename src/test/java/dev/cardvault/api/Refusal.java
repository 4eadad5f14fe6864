package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import io.restassured.response.Response;
import java.util.regex.Pattern;

/** What every refusal has to be: a problem as documented, without a word of the inner life. */
final class Refusal {

  /** Stands in requests where no answer may repeat it. */
  static final String CANARY = "canaryZx91";

  private static final Pattern INNER_LIFE =
      Pattern.compile(
          "(?i)exception|\\bat [a-z]+\\.[a-z]|dev\\.cardvault|fasterxml|jakarta\\.|java\\.|io\\.vertx|"
              + "quarkus|resteasy|hibernate|postgres|psql|\\bselect\\b|\\binsert\\b|\\bupdate\\b.*\\bset\\b|"
              + "line: ?\\d|column: ?\\d|<html");

  private Refusal() {}

  /** Checks that {@code answer} refuses with {@code code}, at {@code pointer} if that is given. */
  static void assertProblem(ProblemCode code, String pointer, Response answer) {
    assertProblem(code, answer);
    assertEquals(pointer, answer.path("errors[0].pointer"), answer.asString());
    assertEquals(code.code(), answer.path("errors[0].code"));
  }

  /** Checks that {@code answer} refuses with {@code code}. */
  static void assertProblem(ProblemCode code, Response answer) {
    String body = answer.asString();
    assertEquals(code.status(), answer.statusCode(), body);
    assertEquals("application/problem+json", answer.contentType());
    assertEquals(code.code(), answer.path("code"), body);
    assertEquals("urn:cardvault:problem:" + code.code(), answer.path("type"));
    assertEquals(code.title(), answer.path("title"));
    assertEquals(code.status(), answer.<Integer>path("status"));
    assertEquals(code.retryable(), answer.path("retryable"));
    assertNotNull(answer.path("detail"));
    assertEquals(answer.header("X-Request-Id"), answer.path("request_id"));
    assertEquals(code.status() == 401, answer.header("WWW-Authenticate") != null);
    assertTellsNothing(body);
  }

  /** Checks that {@code text} neither repeats input nor tells how the service is built. */
  static void assertTellsNothing(String text) {
    assertFalse(INNER_LIFE.matcher(text).find(), text);
    assertFalse(text.contains(CANARY), text);
    assertTrue(text.length() < 4096, "A refusal is short");
  }
}
