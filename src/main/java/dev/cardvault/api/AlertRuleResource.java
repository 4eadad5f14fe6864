package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.alerts.Alerts;
import dev.cardvault.alerts.Rule;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;

/** Decides what counts as unusual, and what is done then. */
@Path("/v1/alert-rules")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class AlertRuleResource {

  private final Alerts alerts;
  private final CurrentCaller caller;

  AlertRuleResource(Alerts alerts, CurrentCaller caller) {
    this.alerts = alerts;
    this.caller = caller;
  }

  /** All rules as they hold for the tenant. */
  @GET
  @Needs(Scope.AUDIT_READ)
  public AlertRulesAnswer list() {
    return AlertRulesAnswer.of(alerts.rules(caller.get()));
  }

  /** Changes a rule (RFC 7396). */
  @PATCH
  @Path("/{rule}")
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.CLIENTS_WRITE)
  public AlertRulesAnswer.Entry change(@RestPath String rule, PatchAlertRule patch) {
    Rule known = Rule.ofCode(rule).orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    return AlertRulesAnswer.Entry.of(alerts.set(caller.get(), known, patch::applyTo));
  }
}
