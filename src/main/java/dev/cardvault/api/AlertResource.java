package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.alerts.Alerts;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Shows what is unusual, and takes down what was done about it. */
@Path("/v1/alerts")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class AlertResource {

  private static final String PREFIX = "alr";
  private static final Set<String> STATES = Set.of("open", "acknowledged", "resolved");

  private final Alerts alerts;
  private final CurrentCaller caller;

  AlertResource(Alerts alerts, CurrentCaller caller) {
    this.alerts = alerts;
    this.caller = caller;
  }

  /** Alerts, newest first. */
  @GET
  @Needs(Scope.AUDIT_READ)
  public AlertPageAnswer list(
      @RestQuery @Nullable String state,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    String wanted =
        state == null
            ? null
            : Fields.oneOf(
                state, Query.pointer("state"), s -> Optional.of(s).filter(STATES::contains));
    return AlertPageAnswer.of(
        alerts.list(
            caller.get(),
            wanted,
            cursor == null ? null : Query.after(cursor, UUID::fromString),
            Query.limit(limit)));
  }

  /** An alert. */
  @GET
  @Path("/{id}")
  @Needs(Scope.AUDIT_READ)
  public AlertAnswer find(@RestPath String id) {
    return AlertAnswer.of(alerts.find(caller.get(), Fields.id(id, PREFIX)));
  }

  /** Notes that the caller looks after an alert. */
  @POST
  @Path("/{id}/acknowledge")
  @Needs(Scope.REVIEWS_ATTEST)
  public AlertAnswer acknowledge(@RestPath String id) {
    return AlertAnswer.of(alerts.acknowledge(caller.get(), Fields.id(id, PREFIX)));
  }

  /** Closes an alert with what was found out. */
  @POST
  @Path("/{id}/resolve")
  @Needs(Scope.REVIEWS_ATTEST)
  public AlertAnswer resolve(@RestPath String id, NoteFields found) {
    return AlertAnswer.of(alerts.resolve(caller.get(), Fields.id(id, PREFIX), found.checked()));
  }
}
