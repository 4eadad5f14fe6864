package dev.cardvault.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as an HTTP answer, whoever found it: a resource, RESTEasy or the HTTP server. */
final class ProblemAnswer {

  private ProblemAnswer() {}

  /** The body of the answer, which is counted as given, in the words of whoever asks. */
  static byte[] body(ProblemException problem, RoutingContext routing) {
    Counter.builder("cardvault.problems")
        .description("Requests that were answered with a problem")
        .tag("code", problem.code().code())
        .register(Metrics.globalRegistry)
        .increment();
    PlatformRefusal platform = PlatformRefusal.of(routing.request().path());
    if (platform != null) {
      return platform.body(problem);
    }
    try {
      return Json.MAPPER.writeValueAsBytes(Problem.of(problem, RequestIds.of(routing)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem can always be written", e);
    }
  }

  /** The headers of the answer. */
  static Map<String, String> headers(ProblemException problem, RoutingContext routing) {
    PlatformRefusal platform = PlatformRefusal.of(routing.request().path());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", platform == null ? Problem.MEDIA_TYPE : platform.mediaType());
    headers.put("Cache-Control", "no-store");
    ProblemCode code = problem.code();
    if (code.status() == 401) {
      headers.put(
          "WWW-Authenticate", platform == null ? challenge(code) : PlatformRefusal.CHALLENGE);
    }
    @Nullable Duration wait = problem.retryAfter();
    if (wait != null) {
      // Whole seconds, and never 0: that would ask for a storm (RFC 9110, 10.2.3).
      headers.put("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
    return headers;
  }

  /** RFC 6750, 3.1: a request without a credential is told the scheme and nothing else. */
  private static String challenge(ProblemCode code) {
    return code == ProblemCode.MISSING_CREDENTIAL ? "Bearer" : "Bearer error=\"invalid_token\"";
  }

  /** Answers where no resource has been reached; the connection is closed after. */
  static void sendAndClose(RoutingContext routing, ProblemException problem) {
    HttpServerResponse response = routing.response();
    if (response.ended() || response.headWritten()) {
      routing.request().connection().close();
      return;
    }
    response.putHeader("Connection", "close");
    send(routing, problem).onComplete(sent -> routing.request().connection().close());
  }

  /** Answers where no resource has been reached. */
  static io.vertx.core.Future<Void> send(RoutingContext routing, ProblemException problem) {
    HttpServerResponse response = routing.response().setStatusCode(problem.code().status());
    headers(problem, routing).forEach(response::putHeader);
    return response.end(Buffer.buffer(body(problem, routing)));
  }
}
