package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.Idempotency;
import dev.cardvault.vault.Tokenized;
import dev.cardvault.vault.Tokenizer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Turns a card that a platform hands over into a token, once for each transaction: platforms repeat
 * what took them too long.
 */
@Singleton
final class CardIntake {

  /** How the card came in: keyed, with nobody listening. */
  private static final String CHANNEL = "ivr_dtmf";

  private final Tokenizer tokenizer;
  private final HandedCodes codes;

  CardIntake(Tokenizer tokenizer, HandedCodes codes) {
    this.tokenizer = tokenizer;
    this.codes = codes;
  }

  /** The call on which {@code platform} took a card. */
  static CallContext call(String callId) {
    return new CallContext(callId, CHANNEL, null, null, null, null);
  }

  /**
   * A token for {@code card}, whose PAN is wiped on every path; its security code waits on this
   * node for its one use once there is a token, and is wiped otherwise. Fails with {@code
   * duplicate-transaction} when the transaction had another card.
   *
   * @param transaction how the platform names what it repeats; {@code null} when it does not
   * @param patience how long to wait for the same transaction that is under way
   */
  CompletionStage<Tokenized> take(
      Platform platform, CardHandover card, @Nullable String transaction, Duration patience) {
    CompletionStage<Tokenized> made =
        tokenizer.tokenize(
            platform.caller(), card.wish(), idempotency(platform, transaction), patience);
    return codes
        .keep(platform, card, transaction, made)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(told(ProblemException.from(failure))));
  }

  // The card is what may not differ; it is added as its keyed hash.
  private static @Nullable Idempotency idempotency(
      Platform platform, @Nullable String transaction) {
    String connector = platform.connector().publicId();
    return transaction == null
        ? null
        : new Idempotency(
            connector + ":" + transaction, connector.getBytes(StandardCharsets.US_ASCII));
  }

  private static ProblemException told(ProblemException problem) {
    return problem.code() == ProblemCode.IDEMPOTENCY_MISMATCH
        ? ProblemException.of(ProblemCode.DUPLICATE_TRANSACTION)
        : problem;
  }
}
