package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.retention.Forgetting;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Has the audit log forget what people wrote. */
@Path("/v1/audit-erasures")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class AuditErasureResource {

  private final Forgetting forgetting;
  private final CurrentCaller caller;

  AuditErasureResource(Forgetting forgetting, CurrentCaller caller) {
    this.forgetting = forgetting;
    this.caller = caller;
  }

  /** Forgets the words of some events. */
  @POST
  @Needs(Scope.PRIVACY_MANAGE)
  public AuditErasureAnswer forget(AuditErasureFields wish) {
    List<UUID> events = wish.checkedEvents();
    return AuditErasureAnswer.of(
        events.size(), forgetting.forget(caller.get(), events, wish.checkedBasis()));
  }
}
