package dev.cardvault.api;

import dev.cardvault.card.PanScanner;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each request before anything else does, and turns away what no endpoint takes: strange
 * methods, tricks with methods, bodies that are too long, and card numbers in the address, which
 * would end up in somebody's log. Nothing of such a request is written down.
 */
@Singleton
final class Gate {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> BODIES = Set.of("POST", "PUT", "PATCH");
  private static final List<String> OVERRIDES =
      List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override");

  /** What any endpoint takes; BodyRules tells which of them. */
  private static final Pattern CONTENT =
      Pattern.compile(
          "(?i)application/(json|merge-patch\\+json|x-www-form-urlencoded)"
              + "(\\s*;\\s*charset=\"?(utf-8|iso-8859-1|us-ascii)\"?)?");

  private static final Pattern JSON_WILL_DO =
      Pattern.compile("(?i)application/([a-z-]+\\+)?json|(application|\\*)/\\*");

  private static final Pattern EVENTS_WILL_DO =
      Pattern.compile("(?i)text/event-stream|(text|\\*)/\\*");

  private static final Pattern PARTS = Pattern.compile("[/?&=;]");

  /** Right after the request has its id. */
  private static final int SECOND = 990;

  void register(@Observes Filters filters) {
    filters.register(Gate::pass, SECOND);
  }

  /** Whatever fails outside of RESTEasy, or reaches no route, is told as a problem too. */
  void register(@Observes Router router) {
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 500}) {
      router.errorHandler(status, routing -> fail(routing, status));
    }
    router.route().last().handler(routing -> fail(routing, 404));
  }

  private static void fail(RoutingContext routing, int status) {
    ProblemException problem =
        routing.failure() == null
            ? ProblemMapper.problemOf(status, new IllegalStateException("HTTP " + status))
            : ProblemMapper.problemOf(routing.failure());
    ProblemMapper.log(problem);
    ProblemAnswer.sendAndClose(routing, problem);
  }

  private static void pass(RoutingContext routing) {
    try {
      check(routing.request());
    } catch (ProblemException refused) {
      ProblemAnswer.sendAndClose(routing, refused);
      return;
    }
    routing.next();
  }

  private static void check(HttpServerRequest request) {
    if (!METHODS.contains(request.method().name())
        || overridesMethod(request)
        || isQueryOfPlatform(request)) {
      throw ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED);
    }
    if (BodyRules.declaredLength(request) > Json.MAX_BODY) {
      throw ProblemException.of(ProblemCode.BODY_TOO_LARGE);
    }
    checkAddress(request.uri());
    checkTypes(request);
  }

  private static boolean overridesMethod(HttpServerRequest request) {
    for (String header : OVERRIDES) {
      if (request.headers().contains(header)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A platform that is set up to GET puts what was keyed into the address: it is not even looked
   * at.
   */
  private static boolean isQueryOfPlatform(HttpServerRequest request) {
    return PlatformRefusal.isPlatforms(request.path()) && !request.method().name().equals("POST");
  }

  // RESTEasy keeps every media type it ever parsed: what a client made up must not get that far.
  private static void checkTypes(HttpServerRequest request) {
    String content = request.getHeader("Content-Type");
    if (content != null && !CONTENT.matcher(content).matches()) {
      if (BODIES.contains(request.method().name())) {
        throw ProblemException.of(ProblemCode.MEDIA_TYPE);
      }
      request.headers().remove("Content-Type");
    }
    if (String.valueOf(request.path()).startsWith("/audit-log/")) {
      // Whatever is there has one type only.
      request.headers().set("Accept", "*/*");
    }
    if (PlatformRefusal.isPlatforms(request.path())) {
      // What a platform reads is known, whatever it says that it accepts.
      request.headers().remove("Accept");
    }
    List<String> accepted = request.headers().getAll("Accept");
    if (!accepted.isEmpty() && isOurs(request.path())) {
      boolean stream = request.path().endsWith("/events");
      Pattern willDo = stream ? EVENTS_WILL_DO : JSON_WILL_DO;
      if (accepted.stream().noneMatch(type -> willDo.matcher(type).find())) {
        throw ProblemException.of(ProblemCode.NOT_ACCEPTABLE);
      }
      request.headers().set("Accept", stream ? "text/event-stream" : "application/json");
    }
  }

  private static boolean isOurs(@Nullable String path) {
    return path != null && (path.startsWith("/v1/") || path.startsWith("/oauth2/"));
  }

  /** Each part by itself, as the endpoints will see it. */
  private static void checkAddress(String uri) {
    if (!hasRoomForCardNumber(uri)) {
      return;
    }
    for (String part : PARTS.split(uri, -1)) {
      if (part.length() > 1 && holdsCardNumber(part)) {
        throw ProblemException.of(ProblemCode.PAN_IN_METADATA);
      }
    }
  }

  /** Whether enough could be digits: as they are, encoded, or of other scripts. Most have none. */
  private static boolean hasRoomForCardNumber(String uri) {
    int room = 0;
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c >= '0' && c <= '9' || c == '%' || c > '~') {
        room++;
      }
    }
    return room >= PanScanner.FEWEST_DIGITS;
  }

  private static boolean holdsCardNumber(String part) {
    try {
      String plain = part.indexOf('%') < 0 ? part : URLDecoder.decode(part, StandardCharsets.UTF_8);
      byte[] bytes = plain.replace("\\", "\\\\").getBytes(StandardCharsets.UTF_8);
      return Digits.holdCardNumber(bytes, 0, bytes.length);
    } catch (IllegalArgumentException e) {
      throw ProblemException.of(ProblemCode.MALFORMED_REQUEST);
    }
  }
}
