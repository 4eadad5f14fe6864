package dev.cardvault.token;

import java.security.SecureRandom;

/** Evenly distributed characters out of random bytes. */
final class Chance {

  // One byte in 43 is rejected at worst (of 256, 6 for digits), so these spare a second draw
  // nearly always.
  private static final int SPARE_BYTES = 4;

  private final SecureRandom random;

  Chance(SecureRandom random) {
    this.random = random;
  }

  /**
   * Fills {@code text[from, to)} with characters of {@code alphabet}. Bytes beyond the largest
   * multiple of its size are rejected: taking their remainder would favour its first characters.
   */
  void fill(byte[] text, int from, int to, byte[] alphabet) {
    int accepted = 256 - 256 % alphabet.length;
    byte[] drawn = new byte[to - from + SPARE_BYTES];
    int at = from;
    while (at < to) {
      random.nextBytes(drawn);
      for (int i = 0; i < drawn.length && at < to; i++) {
        int value = drawn[i] & 0xff;
        if (value < accepted) {
          text[at++] = alphabet[value % alphabet.length];
        }
      }
    }
  }
}
