package dev.cardvault.api;

import dev.cardvault.access.Purpose;
import dev.cardvault.access.Scope;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditFilter;
import dev.cardvault.audit.AuditQuery;
import dev.cardvault.audit.Outcome;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sequencer.LogReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the audit log. */
@Path("/v1/audit-events")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class AuditResource {

  private static final int LONGEST = 128;
  private static final Pattern ID =
      Pattern.compile("evt_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

  private final AuditQuery query;
  private final LogReader log;
  private final CurrentCaller caller;

  AuditResource(AuditQuery query, LogReader log, CurrentCaller caller) {
    this.query = query;
    this.log = log;
    this.caller = caller;
  }

  /** Events, newest first. */
  @GET
  @Needs(Scope.AUDIT_READ)
  public EventPage list(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("client") @Nullable String client,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("action") @Nullable String action,
      @QueryParam("outcome") @Nullable String outcome,
      @QueryParam("token") @Nullable String token,
      @QueryParam("purpose") @Nullable String purpose,
      @QueryParam("reference") @Nullable String reference,
      @QueryParam("call_id") @Nullable String callId,
      @QueryParam("source_ip") @Nullable String sourceIp,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor) {
    AuditFilter filter =
        new AuditFilter(
            Fields.instant(from, Query.pointer("from")),
            Fields.instant(to, Query.pointer("to")),
            Fields.optionalText(client, Query.pointer("client"), LONGEST),
            Fields.optionalText(actor, Query.pointer("actor"), LONGEST),
            action == null
                ? null
                : Fields.oneOf(
                    action, Query.pointer("action"), code -> named(Action.values(), code)),
            outcome == null
                ? null
                : Fields.oneOf(
                    outcome, Query.pointer("outcome"), code -> named(Outcome.values(), code)),
            token == null ? null : Fields.token(token),
            purpose == null
                ? null
                : Fields.oneOf(purpose, Query.pointer("purpose"), Purpose::ofCode),
            Fields.optionalText(reference, Query.pointer("reference"), LONGEST),
            Fields.optionalText(callId, Query.pointer("call_id"), LONGEST),
            Fields.optionalText(sourceIp, Query.pointer("source_ip"), LONGEST));
    return EventPage.of(query.list(caller.get(), filter, cursor, Query.limit(limit)));
  }

  /** An event. */
  @GET
  @Path("/{id}")
  @Needs(Scope.AUDIT_READ)
  public EventAnswer find(@PathParam("id") String id) {
    var matcher = ID.matcher(id);
    if (!matcher.matches()) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    return EventAnswer.of(query.find(caller.get(), UUID.fromString(matcher.group(1))));
  }

  /** What shows that an event is in the proven log. */
  @GET
  @Path("/{id}/proof")
  @Needs(Scope.AUDIT_READ)
  @Produces(MediaType.WILDCARD)
  public Response proof(@PathParam("id") String id) {
    var matcher = ID.matcher(id);
    if (!matcher.matches()) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    String proof = log.proof(caller.get(), UUID.fromString(matcher.group(1))).toString();
    return Response.ok(proof, LogResource.TEXT).build();
  }

  private static <E extends Enum<E>> Optional<E> named(E[] values, String name) {
    return Stream.of(values).filter(value -> value.name().equals(name)).findFirst();
  }
}
