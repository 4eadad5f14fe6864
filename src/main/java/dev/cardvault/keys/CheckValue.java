package dev.cardvault.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The check value of a key: a truncated HMAC of a fixed text under it. It tells a wrong key before
 * it is used, and tells nothing of the key.
 */
final class CheckValue {

  private static final byte[] TEXT =
      "cardvault/key-check-value/1".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH = 8;

  private CheckValue() {}

  static byte[] of(KeyBytes key) {
    Engine engine = new Engine(new WipeableKey(key, "HmacSHA256"), new SecureRandom());
    try {
      return Arrays.copyOf(engine.mac(TEXT), LENGTH);
    } finally {
      engine.wipe();
    }
  }

  static boolean matches(KeyBytes key, byte[] expected) {
    return MessageDigest.isEqual(of(key), expected);
  }
}
