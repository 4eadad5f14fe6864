package dev.cardvault.capture;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The short code by which a call and an agent's screen find each other. Only its salted hash is
 * kept; it is good for a while and for a few tries only.
 */
public final class LinkCode {

  /** How many digits it has. */
  public static final int LENGTH = 6;

  /** How often it may be given wrongly. */
  public static final int TRIES = 5;

  private final byte[] salt;
  private final byte[] hash;
  private int triesLeft = TRIES;

  /**
   * Keeps the hash of {@code digits}, which stay the caller's to wipe.
   *
   * @param salt at least 16 random bytes
   */
  public LinkCode(byte[] digits, byte[] salt) {
    if (digits.length != LENGTH || salt.length < 16) {
      throw new IllegalArgumentException("A link code has 6 digits and a salt of 16 bytes");
    }
    this.salt = salt.clone();
    this.hash = hash(digits);
  }

  /** Whether {@code digits} are the code; each wrong try is counted, and after the last none is. */
  boolean matches(byte[] digits) {
    if (triesLeft == 0) {
      return false;
    }
    boolean right = MessageDigest.isEqual(hash(digits), hash);
    if (!right) {
      triesLeft--;
    }
    return right;
  }

  boolean isUsedUp() {
    return triesLeft == 0;
  }

  private byte[] hash(byte[] digits) {
    byte[] salted = Arrays.copyOf(salt, salt.length + digits.length);
    System.arraycopy(digits, 0, salted, salt.length, digits.length);
    try {
      return MessageDigest.getInstance("SHA-256").digest(salted);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    } finally {
      Arrays.fill(salted, (byte) 0);
    }
  }
}
