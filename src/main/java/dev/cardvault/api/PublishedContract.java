package dev.cardvault.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The HTTP contract (OpenAPI 3.1), to anybody: the very file that tests hold the service to, or, to
 * who asks for JSON, the same as JSON.
 */
@Singleton
final class PublishedContract {

  private static final String FILE = "/META-INF/openapi.yaml";

  private final Buffer yaml = PackagedFile.of(FILE);

  /** Converted when it is first asked for: a start need not wait for that. */
  private static final class Json {
    static final Buffer TEXT = Buffer.buffer(converted());
  }

  void register(@Observes Router router) {
    router
        .route("/openapi")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .blockingHandler(this::send);
  }

  private void send(RoutingContext routing) {
    boolean json = wantsJson(routing.request());
    routing
        .response()
        .putHeader("Content-Type", json ? "application/json" : "application/yaml") // RFC 9512
        .putHeader("Vary", "Accept")
        .end(json ? Json.TEXT : yaml);
  }

  private static boolean wantsJson(HttpServerRequest request) {
    String accept = request.getHeader("Accept");
    return "json".equalsIgnoreCase(request.getParam("format"))
        || (accept != null && accept.contains("application/json"));
  }

  private static byte[] converted() {
    try {
      return new ObjectMapper()
          .writeValueAsBytes(new YAMLMapper().readTree(PackagedFile.of(FILE).getBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
