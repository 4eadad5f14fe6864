package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives tokens for cards. */
@ApplicationScoped
public class Tokenizer {

  /**
   * A token for the card of {@code request}, whose PAN is wiped on every path. Fails with a {@link
   * dev.cardvault.problem.ProblemException}.
   */
  public CompletionStage<Tokenized> tokenize(
      Caller caller, TokenizeRequest request, @Nullable Idempotency idempotency) {
    throw new UnsupportedOperationException();
  }

  /** A token for each of {@code items}, which failed parsing or not, in their order. */
  public CompletionStage<List<ItemResult<Tokenized>>> tokenizeAll(
      Caller caller,
      BatchMode mode,
      List<ItemResult<TokenizeRequest>> items,
      @Nullable Idempotency idempotency) {
    throw new UnsupportedOperationException();
  }
}
