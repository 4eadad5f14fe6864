package dev.cardvault.access;

import dev.cardvault.problem.ProblemCode;
import java.time.Instant;

/** The rules of access, from a caller and a wish to a decision. */
public final class AccessPolicy {

  private AccessPolicy() {}

  /** Whether {@code caller} may use an endpoint that demands {@code scope}, at {@code now}. */
  public static Decision mayUse(Caller caller, Scope scope, Instant now) {
    ClientPolicy policy = caller.policy();
    if (!caller.scopes().contains(scope) || !policy.scopes().contains(scope)) {
      return Decision.denied(ProblemCode.SCOPE_MISSING);
    }
    if (!policy.networks().isEmpty()
        && policy.networks().stream().noneMatch(n -> n.contains(caller.sourceAddress()))) {
      return Decision.denied(ProblemCode.NETWORK_DENIED);
    }
    if (policy.hours() != null && !policy.hours().contain(now)) {
      return Decision.denied(ProblemCode.OUTSIDE_HOURS);
    }
    return Decision.ALLOWED;
  }

  /** Whether {@code caller} may see {@code level} of a card for {@code purpose}. */
  public static Decision mayReveal(Caller caller, RevealLevel level, Purpose purpose) {
    ClientPolicy policy = caller.policy();
    if (!policy.revealLevels().contains(level)) {
      return Decision.denied(ProblemCode.REVEAL_LEVEL_DENIED);
    }
    if (!policy.purposes().isEmpty() && !policy.purposes().contains(purpose)) {
      return Decision.denied(ProblemCode.PURPOSE_DENIED);
    }
    return Decision.ALLOWED;
  }
}
