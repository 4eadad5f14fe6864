package dev.cardvault.api;

import dev.cardvault.card.SecurityCode;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sessions.HandedCards;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.Idempotency;
import dev.cardvault.vault.Tokenized;
import dev.cardvault.vault.Tokenizer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
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
  private final HandedCards cards;

  CardIntake(Tokenizer tokenizer, HandedCards cards) {
    this.tokenizer = tokenizer;
    this.cards = cards;
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
    Idempotency once = idempotency(platform, transaction);
    CompletionStage<Tokenized> made =
        tokenizer.tokenize(platform.caller(), card.wish(), once, patience);
    SecurityCode code = card.code();
    return (code == null ? made : keeping(code, card, once, platform, made))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(told(ProblemException.from(failure))));
  }

  /**
   * What {@code made} comes to, once {@code code} waits for its one use. It does so once for each
   * transaction, however often the platform repeats that.
   */
  private CompletionStage<Tokenized> keeping(
      SecurityCode code,
      CardHandover card,
      @Nullable Idempotency once,
      Platform platform,
      CompletionStage<Tokenized> made) {
    CallContext call = Objects.requireNonNull(card.wish().call());
    UUID handover =
        once == null
            ? UUID.randomUUID()
            : UUID.nameUUIDFromBytes(once.key().getBytes(StandardCharsets.UTF_8));
    return made.whenComplete(
            (token, failure) -> {
              if (failure != null) {
                code.close();
              }
            })
        .thenCompose(
            token ->
                cards
                    .keep(platform.connector().tenant(), handover, token.token().id(), code, call)
                    .thenApply(kept -> token));
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
