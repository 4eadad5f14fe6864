package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Gives cards for tokens, to whoever may see them, once the audit log says so. */
@ApplicationScoped
public class Detokenizer {

  /** The card of {@code request}. Fails with a {@link dev.cardvault.problem.ProblemException}. */
  public CompletionStage<Revealed> reveal(Caller caller, RevealRequest request) {
    throw new UnsupportedOperationException();
  }

  /** The card of each of {@code requests}, in their order. */
  public CompletionStage<List<ItemResult<Revealed>>> revealAll(
      Caller caller, BatchMode mode, List<RevealRequest> requests) {
    throw new UnsupportedOperationException();
  }
}
