package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.access.Decision;
import dev.cardvault.access.Scope;
import dev.cardvault.clients.Admission;
import dev.cardvault.clients.Callers;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.Power;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ResourceInfo;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody reach a resource but who may use it (PCI DSS 7.3.3: deny all by default). It runs on
 * the event loop and waits for nothing once an access token has been seen.
 */
@Singleton
final class CallerFilter {

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  private final Callers callers;
  private final CurrentCaller current;
  private final Endpoints endpoints;
  private final Refusals refusals;

  CallerFilter(Callers callers, CurrentCaller current, Endpoints endpoints, Refusals refusals) {
    this.callers = callers;
    this.current = current;
    this.endpoints = endpoints;
    this.refusals = refusals;
  }

  /** Tells who calls, or fails with why they may not; {@code null} when nothing has to wait. */
  @ServerRequestFilter(nonBlocking = true, priority = Priorities.AUTHENTICATION)
  public @Nullable Uni<Void> admit(ResourceInfo resource, RoutingContext routing) {
    Scope scope = endpoints.scopeOf(resource.getResourceMethod());
    if (scope == null) {
      return null;
    }
    String bearer = Bearer.of(routing.request());
    if (endpoints.takesCaptureSecret(resource.getResourceMethod())
        && Power.claimedBy(bearer).isPresent()) {
      return null;
    }
    String source = SourceAddress.of(routing.request());
    String requestId = RequestIds.of(routing);
    Admission known = callers.recall(bearer, source, requestId);
    if (known != null) {
      enter(known, scope);
      return null;
    }
    return Uni.createFrom()
        .item(() -> callers.admit(bearer, source, requestId))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
        .invoke(admission -> enter(admission, scope))
        .replaceWithVoid();
  }

  private void enter(Admission admission, Scope scope) {
    Caller caller = admission.caller();
    Decision decision = admission.mayUse(scope);
    if (decision instanceof Decision.Denied denied) {
      refusals.note(caller, denied.rule());
      throw problemOf(denied.rule());
    }
    current.is(caller);
  }

  private static ProblemException problemOf(ProblemCode rule) {
    ProblemException problem = ProblemException.of(rule);
    return rule == ProblemCode.RATE_LIMITED ? problem.retryAfter(ONE_SECOND) : problem;
  }
}
