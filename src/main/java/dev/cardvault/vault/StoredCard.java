package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.MaskedPan;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A card as it lies in the database, sealed.
 *
 * @param tenant whose it is
 * @param tokenId its row
 * @param status what its row says, as of now
 * @param keyId what seals it; {@code null} once erased
 * @param sealed the PAN's ciphertext; empty once erased
 * @param sealedHolder the holder's name, sealed
 * @param masked brand, length and last four
 * @param expiry until when the card is good
 * @param expiresAt when the token stops opening
 * @param usesLeft how often it opens still; {@code null} for no limit
 */
record StoredCard(
    TenantId tenant,
    UUID tokenId,
    TokenStatus status,
    @Nullable UUID keyId,
    byte[] sealed,
    byte @Nullable [] sealedHolder,
    MaskedPan masked,
    @Nullable CardExpiry expiry,
    @Nullable Instant expiresAt,
    @Nullable Integer usesLeft) {

  @Override
  public String toString() {
    return "StoredCard[" + tokenId + "]";
  }
}
