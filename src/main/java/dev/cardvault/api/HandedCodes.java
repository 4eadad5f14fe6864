package dev.cardvault.api;

import dev.cardvault.card.SecurityCode;
import dev.cardvault.sessions.HandedCards;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.Tokenized;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Keeps the security codes that platforms hand over, where their connector asks for them. */
@Singleton
final class HandedCodes {

  private final HandedCards cards;

  HandedCodes(HandedCards cards) {
    this.cards = cards;
  }

  /**
   * What {@code made} comes to, once the code of {@code card} waits for its one use. It does so
   * once for each transaction, however often the platform repeats that.
   */
  CompletionStage<Tokenized> keep(
      Platform platform,
      CardHandover card,
      @Nullable String transaction,
      CompletionStage<Tokenized> made) {
    SecurityCode code = card.code();
    if (code == null) {
      return made;
    }
    CallContext call = Objects.requireNonNull(card.wish().call());
    String connector = platform.connector().publicId();
    UUID handover =
        transaction == null
            ? UUID.randomUUID()
            : UUID.nameUUIDFromBytes(
                (connector + ":" + transaction).getBytes(StandardCharsets.UTF_8));
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
}
