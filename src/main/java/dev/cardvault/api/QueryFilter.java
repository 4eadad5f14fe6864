package dev.cardvault.api;

import dev.cardvault.problem.FieldError;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses query parameters that an endpoint does not know, and those that are given twice: a filter
 * with a slip of the pen must not show everything.
 */
@Singleton
final class QueryFilter {

  private final Map<Method, Set<String>> known = new ConcurrentHashMap<>();

  /** Runs once the caller is known. */
  @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHORIZATION)
  public void check(ResourceInfo resource, RoutingContext routing) {
    String query = routing.request().query();
    if (query == null || query.isEmpty()) {
      return;
    }
    Set<String> allowed =
        known.computeIfAbsent(resource.getResourceMethod(), QueryFilter::parametersOf);
    MultiMap given = routing.queryParams();
    for (String name : given.names()) {
      if (!allowed.contains(name)) {
        throw refused(name, ProblemCode.UNKNOWN_FIELD, "The endpoint does not know this parameter");
      }
      if (given.getAll(name).size() > 1) {
        throw refused(name, ProblemCode.INVALID_FIELD, "A parameter is given once");
      }
    }
  }

  private static Set<String> parametersOf(Method method) {
    return Stream.of(method.getParameters())
        .map(QueryFilter::nameOf)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable String nameOf(Parameter parameter) {
    QueryParam standard = parameter.getAnnotation(QueryParam.class);
    if (standard != null) {
      return standard.value();
    }
    RestQuery own = parameter.getAnnotation(RestQuery.class);
    if (own == null) {
      return null;
    }
    return own.value().isEmpty() ? parameter.getName() : own.value();
  }

  private static ProblemException refused(String name, ProblemCode code, String rule) {
    return ProblemException.at(code, List.of(FieldError.at(Query.pointer(name), code, rule)));
  }
}
