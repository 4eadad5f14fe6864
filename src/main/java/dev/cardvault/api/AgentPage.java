package dev.cardvault.api;

import dev.cardvault.sessions.SessionsConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/**
 * The page an agent watches a capture on, made to be put into a frame of the agent's desktop. It is
 * the same for every capture and holds no secret: that comes in the address's fragment, which is
 * never sent, by a message from the page around it, or for the link code.
 */
@Singleton
final class AgentPage {

  /** Sources as CSP level 3 writes them; nothing that could end the directive. */
  private static final Pattern SOURCES = Pattern.compile("[A-Za-z0-9:/.*' -]+");

  private final String policy;
  private final Buffer html = PackagedFile.of("agent/page.html");
  private final Buffer css = PackagedFile.of("agent/page.css");
  private final Buffer script = PackagedFile.of("agent/page.js");

  AgentPage(SessionsConfig config) {
    policy = policy(config.frameAncestors());
  }

  /** The policy of a page that {@code ancestors} may put into a frame. */
  static String policy(String ancestors) {
    if (!SOURCES.matcher(ancestors).matches()) {
      throw new IllegalArgumentException(
          "cardvault.sessions.frame-ancestors is a list of sources, like https://desk.example.com");
    }
    return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
        + " data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script';"
        + " frame-ancestors "
        + ancestors;
  }

  void register(@Observes Router router) {
    router
        .get("/agent/assets/page.css")
        .handler(routing -> send(routing, "text/css; charset=utf-8", css));
    router
        .get("/agent/assets/page.js")
        .handler(routing -> send(routing, "text/javascript; charset=utf-8", script));
    router
        .get("/agent/:capture")
        .handler(routing -> send(routing, "text/html; charset=utf-8", html));
  }

  private void send(RoutingContext routing, String type, Buffer content) {
    routing
        .response()
        .putHeader("Content-Type", type)
        .putHeader("Content-Security-Policy", policy)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
        .putHeader("Cache-Control", "no-cache")
        .end(content);
  }
}
