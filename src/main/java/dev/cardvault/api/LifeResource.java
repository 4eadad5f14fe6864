package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.vault.CardLife;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Changes tokens after they were made. */
@Path("/v1/tokens/{token}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class LifeResource {

  private final CardLife life;
  private final CurrentCaller caller;

  LifeResource(CardLife life, CurrentCaller caller) {
    this.life = life;
    this.caller = caller;
  }

  /** Changes expiry or metadata. */
  @PATCH
  @Consumes({BodyRules.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Needs(Scope.TOKENS_UPDATE)
  public TokenAnswer change(@PathParam("token") String token, PatchToken patch) {
    return TokenAnswer.of(life.change(caller.get(), Fields.token(token), patch.checked()));
  }

  /** Stops a token from opening. */
  @POST
  @Path("/suspend")
  @Needs(Scope.TOKENS_UPDATE)
  public TokenAnswer suspend(@PathParam("token") String token, ReasonFields why) {
    return TokenAnswer.of(life.suspend(caller.get(), Fields.token(token), why.checked()));
  }

  /** Lets a suspended token open again. */
  @POST
  @Path("/resume")
  @Needs(Scope.TOKENS_UPDATE)
  public TokenAnswer resume(@PathParam("token") String token, ReasonFields why) {
    return TokenAnswer.of(life.resume(caller.get(), Fields.token(token), why.checked()));
  }

  /** Destroys a token's card for good. */
  @DELETE
  @Needs(Scope.TOKENS_ERASE)
  public void erase(@PathParam("token") String token) {
    life.erase(caller.get(), Fields.token(token));
  }
}
