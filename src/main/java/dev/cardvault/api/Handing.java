package dev.cardvault.api;

import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Tokenized;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** A platform hands over a card, and is always answered in its own words. */
final class Handing {

  private Handing() {}

  /** The answer to what {@code token} comes to, however it fails. */
  static CompletionStage<Response> over(
      Supplier<CompletionStage<Tokenized>> token,
      Function<Tokenized, Response> answer,
      Function<ProblemException, Response> refusal) {
    CompletionStage<Tokenized> made;
    try {
      made = token.get();
    } catch (ProblemException refused) {
      return answered(refused, refusal);
    }
    return made.handle(
        (tokenized, failure) ->
            failure == null ? answer.apply(tokenized) : refused(failure, refusal));
  }

  /** The answer to somebody who is refused. */
  static CompletionStage<Response> answered(
      ProblemException problem, Function<ProblemException, Response> refusal) {
    return CompletableFuture.completedFuture(refused(problem, refusal));
  }

  private static Response refused(Throwable failure, Function<ProblemException, Response> refusal) {
    ProblemException problem = ProblemException.from(failure);
    ProblemMapper.log(problem);
    return refusal.apply(problem);
  }
}
