package dev.cardvault.vault;

import dev.cardvault.access.RevealLevel;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.MaskedPan;
import dev.cardvault.card.Pan;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A card, seen as far as was asked and allowed. It owns the PAN; whoever answers with it closes it.
 *
 * @param token the token's text
 * @param level how much is shown
 * @param pan the digits, for {@code full} and {@code bin_last4} alone
 * @param card brand, length and last four
 * @param expiry until when the card is good
 * @param holder the name on it, for {@code full} alone
 * @param auditEventId the committed event that tells of this
 * @param usesLeft how often the token will open still; {@code null} for no limit
 */
public record Revealed(
    String token,
    RevealLevel level,
    @Nullable Pan pan,
    MaskedPan card,
    @Nullable CardExpiry expiry,
    @Nullable HolderName holder,
    UUID auditEventId,
    @Nullable Integer usesLeft)
    implements AutoCloseable {

  @Override
  public void close() {
    if (pan != null) {
      pan.close();
    }
  }

  @Override
  public String toString() {
    return "Revealed[" + level + "]";
  }
}
