package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which endpoints take JSON, and how a request has to announce it. */
@Singleton
final class BodyRules {

  /** The media type of a merge patch (RFC 7396, 4). */
  static final String MERGE_PATCH = "application/merge-patch+json";

  private static final Pattern ANNOUNCED =
      Pattern.compile(
          "application/(merge-patch\\+)?json *(; *charset *= *\"?utf-8\"? *)?",
          Pattern.CASE_INSENSITIVE);
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private static final Pattern ANNOUNCED_FORM =
      Pattern.compile(
          "application/x-www-form-urlencoded *(; *charset *= *\"?(utf-8|us-ascii|iso-8859-1)\"? *)?",
          Pattern.CASE_INSENSITIVE);

  private final Map<Method, Body> known = new ConcurrentHashMap<>();

  /** What is collected of a request. */
  enum Body {
    /** Nothing, or what RESTEasy reads by itself. */
    NONE(ANNOUNCED, ""),
    JSON(ANNOUNCED, "The body has to be application/json in UTF-8"),
    FORM(ANNOUNCED_FORM, "The body has to be application/x-www-form-urlencoded");

    private final Pattern announced;
    private final String rule;

    Body(Pattern announced, String rule) {
      this.announced = announced;
      this.rule = rule;
    }
  }

  /** The body that {@code method} takes. */
  Body bodyOf(Method method) {
    Body body = known.get(method);
    return body == null ? known.computeIfAbsent(method, BodyRules::decide) : body;
  }

  /** Whether {@code request} has no body at all, where {@code method} does without one. */
  static boolean leavesOut(HttpServerRequest request, Method method) {
    return declaredLength(request) == 0
        && !request.headers().contains("Content-Type")
        && !request.headers().contains("Transfer-Encoding")
        && Stream.of(method.getParameterTypes())
            .anyMatch(type -> type.isAnnotationPresent(MayBeLeftOut.class));
  }

  private static Body decide(Method method) {
    TakesBody raw = method.getAnnotation(TakesBody.class);
    if (raw != null) {
      return raw.value();
    }
    boolean json =
        Stream.of(method.getAnnotations()).anyMatch(BodyRules::hasBody)
            && Stream.of(method.getParameterAnnotations()).anyMatch(a -> a.length == 0)
            && !consumed(method).contains(MediaType.APPLICATION_FORM_URLENCODED);
    return json ? Body.JSON : Body.NONE;
  }

  private static boolean hasBody(Annotation annotation) {
    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
    return http != null && WITH_BODY.contains(http.value());
  }

  private static List<String> consumed(Method method) {
    Consumes consumes = method.getAnnotation(Consumes.class);
    if (consumes == null) {
      consumes = method.getDeclaringClass().getAnnotation(Consumes.class);
    }
    return consumes == null ? List.of() : List.of(consumes.value());
  }

  /**
   * Refuses what is not announced as {@code body}, like plain JSON in UTF-8 (RFC 8259, 8.1), or as
   * too long.
   *
   * @throws ProblemException {@code media-type} or {@code body-too-large}
   */
  static void checkHeaders(HttpServerRequest request, Body body) {
    List<String> types = request.headers().getAll("Content-Type");
    if (types.size() != 1 || !body.announced.matcher(types.get(0)).matches()) {
      throw ProblemException.of(ProblemCode.MEDIA_TYPE, body.rule);
    }
    @Nullable String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
      throw ProblemException.of(ProblemCode.MEDIA_TYPE, "The body may not be compressed");
    }
    if (declaredLength(request) > Json.MAX_BODY) {
      throw ProblemException.of(ProblemCode.BODY_TOO_LARGE);
    }
  }

  /** What the request says its body's length is, in bytes; 0 when it does not say. */
  static int declaredLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length == null) {
      return 0;
    }
    try {
      return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(length));
    } catch (NumberFormatException e) {
      throw ProblemException.of(ProblemCode.MALFORMED_REQUEST);
    }
  }
}
