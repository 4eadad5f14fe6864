package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.sequencer.LogReader;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tenant's own events by their numbers, which have no gaps. */
@Path("/v1/audit-proofs")
@Blocking
final class ProofResource {

  private static final String NUMBER = "[1-9][0-9]{0,17}";

  private final LogReader log;
  private final CurrentCaller caller;

  ProofResource(LogReader log, CurrentCaller caller) {
    this.log = log;
    this.caller = caller;
  }

  /** Events with their proofs, one a line, by number. */
  @GET
  @Needs(Scope.AUDIT_READ)
  @Produces(MediaType.WILDCARD)
  public Response numbered(
      @QueryParam("from") @Nullable String from, @QueryParam("limit") @Nullable String limit) {
    if (from != null && !from.matches(NUMBER)) {
      throw Fields.invalid(Query.pointer("from"), "Numbers begin with 1");
    }
    long first = from == null ? 1 : Long.parseLong(from);
    String lines =
        log.numbered(caller.get(), first, Query.limit(limit)).stream()
            .map(event -> event.line() + "\n")
            .collect(Collectors.joining());
    return Response.ok(lines, "application/x-ndjson").build();
  }
}
