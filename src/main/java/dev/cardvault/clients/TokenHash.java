package dev.cardvault.clients;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of an access token or another secret of 256 random bits: names it in memory without
 * being usable in its place.
 */
public record TokenHash(long a, long b, long c, long d) {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(TokenHash::sha256);

  /** The hash of {@code token}. */
  public static TokenHash of(String token) {
    MessageDigest sha256 = SHA_256.get();
    byte[] secret = token.getBytes(StandardCharsets.UTF_8);
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(secret));
    // Its last block stays in a digest until the next one, or until it is told to forget.
    sha256.reset();
    Arrays.fill(secret, (byte) 0);
    return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  // All 64 bits vary alike, so one word is as good a hash as four.
  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenHash h && a == h.a && b == h.b && c == h.c && d == h.d;
  }

  @Override
  public String toString() {
    return "TokenHash";
  }
}
