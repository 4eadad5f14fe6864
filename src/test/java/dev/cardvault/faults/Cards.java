package dev.cardvault.faults;

/** Card numbers for tests: of a test BIN, valid, and as many as wanted. */
final class Cards {

  private Cards() {}

  /** The {@code n}-th Visa test number of 16 digits; equal for equal {@code n}. */
  static String number(long n) {
    return withCheckDigit("411111" + String.format("%09d", n % 1_000_000_000L));
  }

  /** {@code digits} and the Luhn digit that fits them. */
  static String withCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int d = digits.charAt(digits.length() - 1 - i) - '0';
      int weighed = i % 2 == 0 ? d * 2 : d;
      sum += weighed > 9 ? weighed - 9 : weighed;
    }
    return digits + (10 - sum % 10) % 10;
  }
}
