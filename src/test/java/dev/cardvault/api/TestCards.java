package dev.cardvault.api;

import dev.cardvault.card.Luhn;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Card numbers for tests, each given out once. */
final class TestCards {

  private static final AtomicLong NEXT = new AtomicLong(400_001_000_000_000L);

  private TestCards() {}

  /** A Visa number of 16 digits nobody has had yet. */
  static String next() {
    byte[] digits =
        (Long.toString(NEXT.incrementAndGet()) + "0").getBytes(StandardCharsets.US_ASCII);
    while (!Luhn.holds(digits)) {
      digits[digits.length - 1]++;
    }
    return new String(digits, StandardCharsets.US_ASCII);
  }
}
