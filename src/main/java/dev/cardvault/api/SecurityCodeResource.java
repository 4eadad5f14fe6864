package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.sessions.CodeDesk;
import dev.cardvault.sessions.CodeDesk.HandedOut;
import dev.cardvault.sessions.Whereabouts.Place;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Hands out security codes, each once. */
@Path("/v1/tokens/{token}/security-code")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
final class SecurityCodeResource {

  private final CodeDesk desk;
  private final Forwarding forwarding;
  private final CurrentCaller caller;

  SecurityCodeResource(CodeDesk desk, Forwarding forwarding, CurrentCaller caller) {
    this.desk = desk;
    this.forwarding = forwarding;
    this.caller = caller;
  }

  /** The security code captured with a token's card, for its first authorisation. */
  @POST
  @Path("/consume")
  @Needs(Scope.TOKENS_DETOKENIZE)
  public CompletionStage<RestResponse<SecretAnswer>> consume(
      @PathParam("token") String token, @Context RoutingContext routing) {
    boolean first = routing.request().getHeader(Forwarding.SOURCE) == null;
    CodeDesk.Handing outcome = desk.consume(caller.get(), Fields.token(token), first);
    Place elsewhere = outcome.elsewhere();
    if (elsewhere != null) {
      return forwarding.ask(routing, elsewhere).thenApply(SecurityCodeResource::answer);
    }
    try (HandedOut code = Objects.requireNonNull(outcome.code())) {
      return CompletableFuture.completedFuture(
          answer(SecretAnswer.of(SecurityCodeAnswer.of(code), code.code())));
    }
  }

  private static RestResponse<SecretAnswer> answer(SecretAnswer code) {
    return RestResponse.ResponseBuilder.ok(code).header("Cache-Control", "no-store").build();
  }
}
