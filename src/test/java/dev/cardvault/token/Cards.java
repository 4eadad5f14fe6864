package dev.cardvault.token;

import dev.cardvault.card.Luhn;
import dev.cardvault.card.Pan;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Card numbers for tests. */
final class Cards {

  private Cards() {}

  static Pan pan(String digits) {
    return Pan.takeOwnershipOf(digits.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * A number of {@code length} digits of a brand in nobody's table, so that any length is legal.
   */
  static String number(int length, SplittableRandom random) {
    byte[] digits = new byte[length];
    for (int i = 0; i < length; i++) {
      digits[i] = (byte) ('0' + random.nextInt(10));
    }
    digits[0] = '1';
    digits[1] = '9';
    digits[length - 1] = Luhn.missingDigit(digits, length - 1);
    return new String(digits, StandardCharsets.US_ASCII);
  }
}
