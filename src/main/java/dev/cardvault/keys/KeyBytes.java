package dev.cardvault.keys;

import java.util.Arrays;

/**
 * A 256-bit key in the clear. It owns its bytes, wipes them when closed, and prints as a fixed
 * text.
 */
public final class KeyBytes implements AutoCloseable {

  /** How many bytes every key here has. */
  public static final int LENGTH = 32;

  private final byte[] bytes;
  private boolean closed;

  private KeyBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Makes {@code bytes} a key. The array belongs to the key from here on, and is wiped when it is
   * refused.
   *
   * @throws IllegalArgumentException when there are not exactly 32
   */
  static KeyBytes takeOwnershipOf(byte[] bytes) {
    if (bytes.length != LENGTH) {
      Arrays.fill(bytes, (byte) 0);
      throw new IllegalArgumentException("A key has 32 bytes");
    }
    return new KeyBytes(bytes);
  }

  /** The bytes themselves, not a copy. */
  byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("The key has been wiped");
    }
    return bytes;
  }

  /** Overwrites the bytes; harmless when done twice. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeyBytes[redacted]";
  }
}
