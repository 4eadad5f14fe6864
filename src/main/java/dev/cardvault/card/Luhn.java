package dev.cardvault.card;

/** The check digit of ISO/IEC 7812-1, annex B, over ASCII digits. */
public final class Luhn {

  private Luhn() {}

  /** Whether the last of {@code digits} is the check digit of those before it. */
  public static boolean holds(byte[] digits, int from, int to) {
    return sum(digits, from, to, false) % 10 == 0;
  }

  /** Whether the whole of {@code digits} passes. */
  public static boolean holds(byte[] digits) {
    return holds(digits, 0, digits.length);
  }

  /** The digit, as ASCII, that makes {@code digits[from, to)} followed by it pass. */
  public static byte checkDigit(byte[] digits, int from, int to) {
    return (byte) ('0' + (10 - sum(digits, from, to, true) % 10) % 10);
  }

  private static int sum(byte[] digits, int from, int to, boolean doubleFirstFromRight) {
    int sum = 0;
    boolean doubled = doubleFirstFromRight;
    for (int i = to - 1; i >= from; i--) {
      int digit = digits[i] - '0';
      if (doubled) {
        digit *= 2;
        if (digit > 9) {
          digit -= 9;
        }
      }
      sum += digit;
      doubled = !doubled;
    }
    return sum;
  }
}
