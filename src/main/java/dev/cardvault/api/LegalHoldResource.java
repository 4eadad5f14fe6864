package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.retention.LegalHold;
import dev.cardvault.retention.LegalHolds;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Keeps a tenant's audit log as it is, for as long as a court or an investigator needs it. */
@Path("/v1/legal-holds")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class LegalHoldResource {

  private static final int CREATED = 201;

  private final LegalHolds holds;
  private final CurrentCaller caller;

  LegalHoldResource(LegalHolds holds, CurrentCaller caller) {
    this.holds = holds;
    this.caller = caller;
  }

  /** Places a hold. */
  @POST
  @ResponseStatus(CREATED)
  @Needs(Scope.PRIVACY_MANAGE)
  public HoldAnswer place(HoldFields wish) {
    return HoldAnswer.of(holds.place(caller.get(), wish.checkedReason()));
  }

  /** Holds, newest first, released ones included. */
  @GET
  @Needs(Scope.PRIVACY_MANAGE)
  public HoldPageAnswer list(
      @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    UUID after = cursor == null ? null : Query.after(cursor, UUID::fromString);
    return HoldPageAnswer.of(holds.list(caller.get(), after, Query.limit(limit)));
  }

  /** Releases a hold. */
  @POST
  @Path("/{id}/release")
  @Needs(Scope.PRIVACY_MANAGE)
  public HoldAnswer release(@RestPath String id) {
    return HoldAnswer.of(holds.release(caller.get(), Fields.id(id, LegalHold.PREFIX)));
  }
}
