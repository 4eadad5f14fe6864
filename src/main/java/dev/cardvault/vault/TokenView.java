package dev.cardvault.vault;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.MaskedPan;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of a token and its card: never the PAN.
 *
 * @param id the row's id
 * @param token the token as other systems hold it
 * @param profile the name of its profile
 * @param status where it is in its life
 * @param card brand, length and last four
 * @param bin the first six or eight digits, where the profile keeps them
 * @param expiry until when the card is good, if that was told
 * @param createdAt when the token was made
 * @param createdBy the client that made it
 * @param expiresAt when the token stops opening; {@code null} for never
 * @param uses how often its PAN has been revealed in full
 * @param maxUses how often it may be; {@code null} for no limit
 * @param lastUsedAt when it last was
 * @param call the call it was captured on
 * @param metadata what its owner keeps with it
 */
public record TokenView(
    UUID id,
    String token,
    String profile,
    TokenStatus status,
    MaskedPan card,
    @Nullable String bin,
    @Nullable CardExpiry expiry,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    long uses,
    @Nullable Integer maxUses,
    @Nullable Instant lastUsedAt,
    @Nullable CallContext call,
    Map<String, String> metadata) {

  public TokenView {
    metadata = Map.copyOf(metadata);
  }

  /** A token's text would end up in logs with this record; it is left out. */
  @Override
  public String toString() {
    return "TokenView[" + id + "]";
  }
}
