package dev.cardvault.vault;

import dev.cardvault.keys.FingerprintKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request's claim to its idempotency key, as it is stored: nothing of the key or the request can
 * be read from it.
 *
 * @param keyHash keyed hash of the key
 * @param requestMac keyed hash of what the request says, its PAN included
 */
record IdempotencyClaim(byte[] keyHash, byte[] requestMac) {

  /**
   * The claim of a request.
   *
   * @param panHmac the keyed hash of the request's PAN; {@code null} where {@code idempotency}
   *     speaks for all of it
   */
  static IdempotencyClaim of(
      Idempotency idempotency, FingerprintKey key, byte @Nullable [] panHmac) {
    byte[] pan = panHmac == null ? new byte[0] : panHmac;
    byte[] request =
        ByteBuffer.allocate(pan.length + idempotency.fingerprint().length)
            .put(pan)
            .put(idempotency.fingerprint())
            .array();
    return new IdempotencyClaim(
        key.mac("idempotency-key", idempotency.key().getBytes(StandardCharsets.UTF_8)),
        key.mac("idempotency-request", request));
  }
}
