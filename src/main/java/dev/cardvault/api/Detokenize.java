package dev.cardvault.api;

import dev.cardvault.access.RevealLevel;
import dev.cardvault.vault.RevealRequest;
import org.jspecify.annotations.Nullable;

/**
 * A wish to see a card.
 *
 * @param token the token's text
 * @param reveal how much of the card
 * @param purpose why
 * @param reference for which business record
 */
record Detokenize(
    @Nullable String token,
    @Nullable String reveal,
    @Nullable String purpose,
    @Nullable ReferenceFields reference) {

  RevealRequest checked() {
    return new RevealRequest(
        Fields.token(Fields.required(token, "/token")),
        level(reveal),
        Reason.purpose(purpose),
        Reason.reference(reference));
  }

  static RevealLevel level(@Nullable String reveal) {
    return Fields.oneOf(Fields.required(reveal, "/reveal"), "/reveal", RevealLevel::ofCode);
  }
}
