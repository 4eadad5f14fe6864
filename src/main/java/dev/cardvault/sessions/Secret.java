package dev.cardvault.sessions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A secret of a capture: a prefix that names its power, and 256 random bits. It is told once; what
 * is kept is its SHA-256, which is enough of a hash for something nobody can guess.
 */
public final class Secret {

  private static final int BYTES = 32;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  static Secret draw(Power power, SecureRandom random) {
    byte[] bits = new byte[BYTES];
    random.nextBytes(bits);
    return new Secret(
        power.prefix() + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
  }

  /** The secret itself, for the one answer that hands it over. */
  public String reveal() {
    return text;
  }

  byte[] hash() {
    return hash(text);
  }

  static byte[] hash(String shown) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(shown.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
