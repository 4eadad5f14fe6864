package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.exports.Exports;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Exports parts of the audit log. */
@Path("/v1/audit-exports")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class ExportResource {

  private static final int ACCEPTED = 202;

  private final Exports exports;
  private final CurrentCaller caller;

  ExportResource(Exports exports, CurrentCaller caller) {
    this.exports = exports;
    this.caller = caller;
  }

  /** Begins an export, which is a job. */
  @POST
  @ResponseStatus(ACCEPTED)
  @Needs(Scope.AUDIT_EXPORT)
  public JobAnswer begin(ExportFields wish) {
    return JobAnswer.of(exports.begin(caller.get(), wish.checked()));
  }
}
