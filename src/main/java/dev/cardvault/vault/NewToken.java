package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.MaskedPan;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A token about to be stored, its card sealed already: no digit beyond the last four, and the BIN
 * where the profile keeps it, goes any further than here.
 *
 * @param id the row's id
 * @param caller who asked for it
 * @param profile the rule it follows
 * @param draw gives a token text, a new one each time for formats that leave it to chance
 * @param card brand, length and last four
 * @param bin where the profile keeps it
 * @param expiry until when the card is good
 * @param sealed the PAN's ciphertext
 * @param sealedHolder the holder's name, sealed likewise
 * @param keyId the key that sealed both
 * @param indexVersion the version of the index key
 * @param hmac the PAN's keyed hash
 * @param createdAt now
 * @param expiresAt when it stops opening
 * @param maxUses how often it opens
 * @param call the call it was captured on
 * @param metadata its owner's own entries
 * @param claim the request's idempotency key, where it has one
 */
record NewToken(
    UUID id,
    Caller caller,
    TokenProfile profile,
    Supplier<String> draw,
    MaskedPan card,
    @Nullable String bin,
    @Nullable CardExpiry expiry,
    byte[] sealed,
    byte @Nullable [] sealedHolder,
    UUID keyId,
    int indexVersion,
    byte[] hmac,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Integer maxUses,
    @Nullable CallContext call,
    Map<String, String> metadata,
    @Nullable IdempotencyClaim claim) {

  private static final UUID ONLY_SLOT = new UUID(0, 0);

  /**
   * Where its PAN stands in the index: one place for all where tokens are reused, else a place of
   * its own.
   */
  UUID slot() {
    return profile.reuse() ? ONLY_SLOT : id;
  }

  TokenView view(String token) {
    return new TokenView(
        id,
        token,
        profile.name(),
        TokenStatus.ACTIVE,
        card,
        bin,
        expiry,
        createdAt,
        caller.clientId(),
        expiresAt,
        0,
        maxUses,
        null,
        call,
        metadata);
  }

  @Override
  public String toString() {
    return "NewToken[" + id + "]";
  }
}
