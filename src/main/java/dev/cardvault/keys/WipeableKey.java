package dev.cardvault.keys;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A key for the JDK's ciphers, which ask for its bytes, use and then wipe the copy they got. The
 * JDK's own {@code SecretKeySpec} cannot be wiped.
 */
final class WipeableKey implements SecretKey {

  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private final String algorithm;

  WipeableKey(KeyBytes bytes, String algorithm) {
    this.bytes = bytes.bytes();
    this.algorithm = algorithm;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "WipeableKey[redacted]";
  }

  @Override
  public void destroy() {
    Arrays.fill(bytes, (byte) 0);
  }
}
