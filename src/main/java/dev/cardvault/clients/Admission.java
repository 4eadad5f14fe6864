package dev.cardvault.clients;

import dev.cardvault.access.AccessPolicy;
import dev.cardvault.access.Caller;
import dev.cardvault.access.Decision;
import dev.cardvault.access.Scope;
import java.time.Instant;

/**
 * Who showed an access token of ours, and whether it is good for anything at this moment.
 *
 * @param caller whose token it is
 * @param decision allowed, or why the client may do nothing at all now
 * @param at when that was decided
 */
public record Admission(Caller caller, Decision decision, Instant at) {

  /** Whether the caller may use an endpoint that demands {@code scope}. */
  public Decision mayUse(Scope scope) {
    return decision.allowed() ? AccessPolicy.mayUse(caller, scope, at) : decision;
  }
}
