package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.inject.Singleton;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What each endpoint demands of its caller. */
@Singleton
final class Endpoints {

  private static final Logger LOG = Logger.getLogger(Endpoints.class);

  private final Map<Method, Optional<Scope>> scopes = new ConcurrentHashMap<>();

  /**
   * The scope that {@code method} needs; {@code null} when it is public.
   *
   * @throws ProblemException {@code scope-missing} when the method does not say: whoever forgot to
   *     decide has decided for nobody
   */
  @Nullable Scope scopeOf(Method method) {
    Optional<Scope> known = scopes.get(method);
    return (known == null ? scopes.computeIfAbsent(method, Endpoints::read) : known).orElse(null);
  }

  /** Whether a capture's own secret lets a request through to {@code method}. */
  boolean takesCaptureSecret(Method method) {
    Needs needs = method.getAnnotation(Needs.class);
    return needs != null && needs.orCaptureSecret();
  }

  private static Optional<Scope> read(Method method) {
    Needs needs = method.getAnnotation(Needs.class);
    if (needs != null) {
      return Optional.of(needs.value());
    }
    if (method.isAnnotationPresent(Public.class)) {
      return Optional.empty();
    }
    LOG.errorf("%s says neither which scope it needs nor that it is public", method.getName());
    throw ProblemException.of(ProblemCode.SCOPE_MISSING);
  }
}
