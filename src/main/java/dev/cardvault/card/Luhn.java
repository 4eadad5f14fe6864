package dev.cardvault.card;

/** The check digit of ISO/IEC 7812-1, annex B, over ASCII digits. */
public final class Luhn {

  private Luhn() {}

  /** Whether the last of {@code digits} is the check digit of those before it. */
  public static boolean holds(byte[] digits, int from, int to) {
    return sum(digits, from, to) % 10 == 0;
  }

  /** Whether the whole of {@code digits} passes. */
  public static boolean holds(byte[] digits) {
    return holds(digits, 0, digits.length);
  }

  /**
   * The one digit, as ASCII, with which {@code digits} passes when it stands at {@code index};
   * whatever stands there is not looked at.
   */
  public static byte missingDigit(byte[] digits, int index) {
    boolean doubled = (digits.length - index) % 2 == 0;
    int wanted = (10 - (sum(digits, 0, digits.length) - worth(digits[index], doubled)) % 10) % 10;
    if (!doubled) {
      return (byte) ('0' + wanted);
    }
    return (byte) ('0' + (wanted % 2 == 0 ? wanted : wanted + 9) / 2);
  }

  private static int sum(byte[] digits, int from, int to) {
    int sum = 0;
    boolean doubled = false;
    for (int i = to - 1; i >= from; i--) {
      sum += worth(digits[i], doubled);
      doubled = !doubled;
    }
    return sum;
  }

  /** What {@code ascii} adds to the sum. */
  static int worth(byte ascii, boolean doubled) {
    int digit = ascii - '0';
    if (!doubled) {
      return digit;
    }
    return digit < 5 ? digit * 2 : digit * 2 - 9;
  }
}
