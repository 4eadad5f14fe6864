package dev.cardvault.ledger;

/** Where RFC 6962 divides a list of leaves. */
final class Ranges {

  private Ranges() {}

  /** The largest power of two below {@code size}, which is at least 2. */
  static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  /** Whether {@code size} is a power of two. */
  static boolean isPowerOfTwo(long size) {
    return Long.bitCount(size) == 1;
  }

  /** Which power of two {@code size} is. */
  static int height(long size) {
    return Long.numberOfTrailingZeros(size);
  }
}
