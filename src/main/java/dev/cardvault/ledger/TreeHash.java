package dev.cardvault.ledger;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of RFC 6962, section 2.1: leaves and nodes begin with different bytes, so that none
 * can pass for the other. Not thread-safe.
 */
public final class TreeHash {

  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private final MessageDigest sha256 = sha256();

  /** Of a leaf. */
  public Hash leaf(byte[] entry) {
    sha256.update(LEAF);
    return new Hash(sha256.digest(entry));
  }

  /** Of a node above two others. */
  public Hash node(Hash left, Hash right) {
    sha256.update(NODE);
    sha256.update(left.bytes());
    return new Hash(sha256.digest(right.bytes()));
  }

  /** Of a tree without leaves. */
  public Hash empty() {
    return new Hash(sha256.digest());
  }

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
