package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.TokenChange;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of a token (RFC 7396): what is absent stays.
 *
 * @param expiresAt when the token stops opening; {@code null} for never
 * @param card the card's new expiry
 * @param metadata entries to set, or to remove where the value is {@code null}
 */
record PatchToken(
    @Nullable JsonNode expiresAt,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable Card card,
    @JsonSetter(nulls = Nulls.FAIL) @Nullable Map<String, @Nullable String> metadata) {

  /**
   * A card's new expiry.
   *
   * @param expMonth the month it is good through, 1 to 12
   * @param expYear that month's year, four digits
   */
  record Card(@Nullable Integer expMonth, @Nullable Integer expYear) {}

  TokenChange checked() {
    return new TokenChange(
        expiresAt != null,
        checkedExpiresAt(),
        checkedCard(),
        metadata == null ? null : Metadata.check(metadata, "/metadata"));
  }

  private @Nullable Instant checkedExpiresAt() {
    if (expiresAt == null || expiresAt.isNull()) {
      return null;
    }
    if (!expiresAt.isTextual()) {
      throw ProblemException.at(
          "/expires_at", ProblemCode.MALFORMED_JSON, "The value is of the wrong type");
    }
    return Fields.instant(expiresAt.textValue(), "/expires_at");
  }

  private @Nullable CardExpiry checkedCard() {
    if (card == null) {
      return null;
    }
    return new CardInput(null, card.expMonth(), card.expYear(), null).expiry();
  }
}
