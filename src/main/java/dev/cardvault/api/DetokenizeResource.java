package dev.cardvault.api;

import dev.cardvault.access.Scope;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Detokenizer;
import dev.cardvault.vault.ItemResult;
import dev.cardvault.vault.Revealed;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;

/** Gives cards for tokens. */
@Path("/v1/detokenize")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class DetokenizeResource {

  private final Detokenizer detokenizer;
  private final CurrentCaller caller;

  DetokenizeResource(Detokenizer detokenizer, CurrentCaller caller) {
    this.detokenizer = detokenizer;
    this.caller = caller;
  }

  /** The card of a token. */
  @POST
  @Needs(Scope.TOKENS_DETOKENIZE)
  public CompletionStage<RestResponse<SecretAnswer>> reveal(Detokenize wish) {
    return detokenizer
        .reveal(caller.get(), wish.checked())
        .thenApply(card -> answer(SecretAnswer.of(RevealAnswer.of(card), List.of(card))));
  }

  /** The cards of up to 20 tokens. */
  @POST
  @Path("/batch")
  @Needs(Scope.TOKENS_DETOKENIZE)
  public CompletionStage<RestResponse<SecretAnswer>> revealAll(
      DetokenizeBatch wish, @Context RoutingContext routing) {
    String requestId = RequestIds.of(routing);
    return detokenizer
        .revealAll(caller.get(), wish.checkedMode(), wish.checked())
        .thenApply(
            results ->
                answer(SecretAnswer.of(RevealsAnswer.of(results, requestId), cards(results))));
  }

  private static List<Revealed> cards(List<ItemResult<Revealed>> results) {
    return results.stream()
        .flatMap(result -> result.match(Stream::of, DetokenizeResource::noCard))
        .toList();
  }

  private static Stream<Revealed> noCard(ProblemException problem) {
    return Stream.empty();
  }

  /** Card numbers are in nobody's cache (RFC 9111, 5.2.2.5). */
  private static RestResponse<SecretAnswer> answer(SecretAnswer secret) {
    return RestResponse.ResponseBuilder.ok(secret).header("Cache-Control", "no-store").build();
  }
}
