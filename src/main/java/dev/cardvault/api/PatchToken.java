package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.vault.TokenChange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of a token (RFC 7396): what is absent stays.
 *
 * @param expiresAt when the token stops opening; {@code null} for never
 * @param card the card's new expiry
 * @param metadata entries to set, or to remove where the value is {@code null}
 */
@RegisterForReflection(
    targets = {PatchToken.class, PatchToken.CardExpiryFields.class, PatchToken.Entries.class})
record PatchToken(
    @Nullable JsonNode expiresAt, @Nullable JsonNode card, @Nullable JsonNode metadata) {

  /**
   * A card's new expiry.
   *
   * @param expMonth the month it is good through, 1 to 12
   * @param expYear that month's year, four digits
   */
  record CardExpiryFields(@Nullable Integer expMonth, @Nullable Integer expYear) {}

  /** Entries to set or remove. */
  static final class Entries extends LinkedHashMap<String, @Nullable String> {
    private static final long serialVersionUID = 1L;
  }

  TokenChange checked() {
    return new TokenChange(
        expiresAt != null,
        Fields.instant(Patches.value(expiresAt, String.class, "/expires_at"), "/expires_at"),
        checkedExpiry(),
        checkedMetadata());
  }

  private @Nullable CardExpiry checkedExpiry() {
    CardExpiryFields given = Patches.kept(card, CardExpiryFields.class, "/card");
    return given == null
        ? null
        : new CardInput(null, given.expMonth(), given.expYear(), null).expiry();
  }

  private @Nullable Map<String, @Nullable String> checkedMetadata() {
    Entries given = Patches.kept(metadata, Entries.class, "/metadata");
    return given == null ? null : Metadata.check(given, "/metadata");
  }
}
