package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.alerts.Alerts;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Lays tokens out that nobody has a reason to touch. */
@Path("/v1/decoys")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class DecoyResource {

  private static final int CREATED = 201;

  private final Alerts alerts;
  private final CurrentCaller caller;

  DecoyResource(Alerts alerts, CurrentCaller caller) {
    this.alerts = alerts;
    this.caller = caller;
  }

  /** Makes a token a decoy. */
  @POST
  @ResponseStatus(CREATED)
  @Needs(Scope.CLIENTS_WRITE)
  public DecoysAnswer.Entry add(DecoyFields wish) {
    return DecoysAnswer.Entry.of(
        alerts.addDecoy(caller.get(), wish.checkedToken(), wish.tokenId(), wish.checkedNote()));
  }

  /** All decoys, oldest first. */
  @GET
  @Needs(Scope.CLIENTS_WRITE)
  public DecoysAnswer list() {
    return DecoysAnswer.of(alerts.decoys(caller.get()));
  }

  /** Makes a decoy an ordinary token again. */
  @DELETE
  @Path("/{id}")
  @Needs(Scope.CLIENTS_WRITE)
  public void remove(@RestPath String id) {
    alerts.removeDecoy(caller.get(), Fields.id(id, "tok"));
  }
}
