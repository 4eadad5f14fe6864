package dev.cardvault.ledger;

import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 hash: of a leaf, of a node, or of a whole tree. */
public final class Hash {

  /** How many bytes a hash has. */
  public static final int LENGTH = 32;

  private static final int BASE64_LENGTH = 44;

  private final byte[] bytes;

  Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A copy of the 32 bytes of {@code source} from {@code offset} on.
   *
   * @throws IllegalArgumentException if there are fewer
   */
  public static Hash copyOf(byte[] source, int offset) {
    if (offset < 0 || source.length - offset < LENGTH) {
      throw new IllegalArgumentException("A hash has 32 bytes");
    }
    return new Hash(Arrays.copyOfRange(source, offset, offset + LENGTH));
  }

  /**
   * Reads what {@link #base64} wrote.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static Hash ofBase64(String text) {
    byte[] decoded =
        text.length() == BASE64_LENGTH ? Base64.getDecoder().decode(text) : new byte[0];
    Hash hash = copyOf(decoded, 0);
    // Two texts may stand for the same bytes; only one of them is ours.
    if (!hash.base64().equals(text)) {
      throw new IllegalArgumentException("A hash is written in one way only");
    }
    return hash;
  }

  /** Base64 with padding (RFC 4648, section 4). */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** A copy of its bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Writes its bytes to {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
