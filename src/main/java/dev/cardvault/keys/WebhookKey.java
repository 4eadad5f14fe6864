package dev.cardvault.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.Mac;

/**
 * Signs webhooks with HMAC-SHA-256. The secret of each destination is derived from the tenant's key
 * and never stored. Use it at once and do not keep it. Safe for many threads.
 */
public final class WebhookKey {

  private static final byte[] DOMAIN = "webhook-secret".getBytes(StandardCharsets.US_ASCII);

  private final OpenKey key;

  WebhookKey(OpenKey key) {
    this.key = key;
  }

  /**
   * The signature of {@code content}, 32 bytes, under a destination's secret.
   *
   * @param destination whose secret
   * @param version which of its secrets, from 1
   */
  public byte[] sign(UUID destination, int version, byte[] content) {
    return withSecret(destination, version, secret -> mac(secret, content));
  }

  /** The secret itself, for the one answer that hands it over. */
  public WebhookSecret secretOf(UUID destination, int version) {
    return withSecret(destination, version, secret -> WebhookSecret.copyOf(secret.bytes()));
  }

  private <R> R withSecret(UUID destination, int version, Function<KeyBytes, R> work) {
    byte[] which =
        ByteBuffer.allocate(1 + DOMAIN.length + 2 * Long.BYTES + Integer.BYTES)
            .put((byte) DOMAIN.length)
            .put(DOMAIN)
            .putLong(destination.getMostSignificantBits())
            .putLong(destination.getLeastSignificantBits())
            .putInt(version)
            .array();
    try (KeyBytes secret = KeyBytes.takeOwnershipOf(key.use(engine -> engine.mac(which)))) {
      return work.apply(secret);
    }
  }

  private static byte[] mac(KeyBytes secret, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new WipeableKey(secret, "HmacSHA256"));
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is not to be had", e);
    }
  }

  @Override
  public String toString() {
    return "WebhookKey[" + key.version() + "]";
  }
}
