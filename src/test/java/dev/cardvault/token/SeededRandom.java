package dev.cardvault.token;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** The same bytes in each run, so that a test of distribution does not fail once in a thousand. */
final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient SplittableRandom bytes;

  SeededRandom(long seed) {
    this.bytes = new SplittableRandom(seed);
  }

  @Override
  public void nextBytes(byte[] drawn) {
    bytes.nextBytes(drawn);
  }
}
