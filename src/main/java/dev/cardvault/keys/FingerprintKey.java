package dev.cardvault.keys;

import dev.cardvault.card.Pan;
import dev.cardvault.card.RevealsPan;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Finds a PAN again without storing it: HMAC-SHA-256 over domain, tenant and PAN, since PCI DSS
 * 3.5.1.1 asks for a keyed hash. Use it at once and do not keep it. Safe for many threads.
 */
public final class FingerprintKey {

  private static final String PAN_DOMAIN = "pan";

  private final OpenKey key;
  private final byte[] panPrefix;

  FingerprintKey(OpenKey key) {
    this.key = key;
    this.panPrefix = prefix(PAN_DOMAIN);
  }

  /** Which version of the tenant's index key this is; fingerprints of two versions differ. */
  public int version() {
    return key.version();
  }

  /** The fingerprint of {@code pan}: 32 bytes, the same ones each time. */
  @RevealsPan("hashes the digits")
  public byte[] of(Pan pan) {
    byte[] digits = pan.reveal();
    return key.use(engine -> engine.mac(panPrefix, digits));
  }

  /**
   * The keyed hash of something else: 32 bytes.
   *
   * @param domain what {@code data} is, so that no two uses of the key meet; 1 to 100 ASCII
   *     characters, anything but {@code pan}
   */
  public byte[] mac(String domain, byte[] data) {
    if (domain.equals(PAN_DOMAIN)) {
      throw new IllegalArgumentException("This domain is the PANs'");
    }
    byte[] prefix = prefix(domain);
    return key.use(engine -> engine.mac(prefix, data));
  }

  // Domain and tenant, each after its length in one byte: no prefix is the start of another.
  private byte[] prefix(String domain) {
    byte[] text = domain.getBytes(StandardCharsets.US_ASCII);
    if (text.length == 0 || text.length > 100) {
      throw new IllegalArgumentException("A domain has 1 to 100 characters");
    }
    UUID tenant = key.row().tenant().value();
    return ByteBuffer.allocate(2 + text.length + 2 * Long.BYTES)
        .put((byte) text.length)
        .put(text)
        .put((byte) (2 * Long.BYTES))
        .putLong(tenant.getMostSignificantBits())
        .putLong(tenant.getLeastSignificantBits())
        .array();
  }

  @Override
  public String toString() {
    return "FingerprintKey[" + version() + "]";
  }
}
