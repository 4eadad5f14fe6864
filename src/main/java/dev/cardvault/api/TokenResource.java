package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.vault.Tokenizer;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.jboss.resteasy.reactive.RestResponse;

/** Makes tokens. */
@Path("/v1/tokens")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class TokenResource {

  private final Tokenizer tokenizer;
  private final CurrentCaller caller;

  TokenResource(Tokenizer tokenizer, CurrentCaller caller) {
    this.tokenizer = tokenizer;
    this.caller = caller;
  }

  /** A token for a card. */
  @POST
  @Needs(Scope.TOKENS_CREATE)
  public CompletionStage<RestResponse<TokenAnswer>> create(
      CreateToken wish, @Context RoutingContext routing) {
    return tokenizer
        .tokenize(caller.get(), wish.checked(), IdempotencyKey.of(routing))
        .thenApply(
            made ->
                RestResponse.status(
                    made.deduplicated() ? RestResponse.Status.OK : RestResponse.Status.CREATED,
                    TokenAnswer.of(made)));
  }

  /** Tokens for up to 500 cards. */
  @POST
  @Path("/batch")
  @Needs(Scope.TOKENS_CREATE)
  public CompletionStage<TokensAnswer> createAll(
      CreateTokens wish, @Context RoutingContext routing) {
    boolean handedOver = false;
    try {
      var mode = wish.checkedMode();
      var items = wish.checked();
      String requestId = RequestIds.of(routing);
      var made = tokenizer.tokenizeAll(caller.get(), mode, items, IdempotencyKey.of(routing));
      handedOver = true;
      return made.thenApply(results -> TokensAnswer.of(results, requestId));
    } finally {
      if (!handedOver) {
        wish.wipe();
      }
    }
  }
}
