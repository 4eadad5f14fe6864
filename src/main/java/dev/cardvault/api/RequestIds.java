package dev.cardvault.api;

import dev.cardvault.card.PanScanner;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logmanager.MDC;

/**
 * Names each request, so that its answer, its log lines and its audit events can be put together.
 * The caller's own name is taken from {@code X-Request-Id} where it is harmless.
 */
@Singleton
final class RequestIds {

  private static final String HEADER = "X-Request-Id";
  private static final String KEY = "request_id";
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Before anything else that answers. */
  private static final int FIRST = 1000;

  void register(@Observes Filters filters) {
    filters.register(RequestIds::name, FIRST);
  }

  /** The id of the request. */
  static String of(RoutingContext routing) {
    String id = routing.get(KEY);
    return id == null ? "unnamed" : id;
  }

  private static void name(RoutingContext routing) {
    String wished = routing.request().getHeader(HEADER);
    String id = wished == null || !isHarmless(wished) ? UUID.randomUUID().toString() : wished;
    routing.put(KEY, id);
    routing.response().putHeader(HEADER, id);
    MDC.put(KEY, id);
    routing.next();
  }

  /** Whether {@code id} can be written to logs: no strange characters, and no card number. */
  static boolean isHarmless(String id) {
    return HARMLESS.matcher(id).matches()
        && !PanScanner.CARD_NUMBERS.finds(id.replace('.', '-').replace('_', '-'));
  }
}
