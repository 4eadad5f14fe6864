package dev.cardvault.capture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The digits of one field, in one array that never moves and is overwritten when done with. */
final class DigitBuffer {

  private final byte[] digits;
  private int count;

  DigitBuffer(int capacity) {
    digits = new byte[capacity];
  }

  /** Adds a digit; one that has no room is only counted, as one too many. */
  void add(byte digit) {
    if (count < digits.length) {
      digits[count] = digit;
    }
    count = Math.min(count + 1, digits.length + 1);
  }

  /** How many were keyed; one more than there is room for when there were too many. */
  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean overflows() {
    return count > digits.length;
  }

  /** The array itself, of which the first {@link #count} bytes are digits. */
  byte[] digits() {
    return digits;
  }

  /** The number that the digits from {@code from} on, {@code length} of them, spell. */
  int number(int from, int length) {
    int number = 0;
    for (int i = from; i < from + length; i++) {
      number = number * 10 + digits[i] - '0';
    }
    return number;
  }

  /** A copy of the digits, for the caller to wipe. */
  byte[] copy() {
    return Arrays.copyOf(digits, Math.min(count, digits.length));
  }

  /** The digits from {@code from} on as text: only of what may be shown. */
  String text(int from) {
    return new String(digits, from, count - from, StandardCharsets.US_ASCII);
  }

  void wipe() {
    Arrays.fill(digits, (byte) 0);
    count = 0;
  }

  /** A fixed text: digits never print themselves. */
  @Override
  public String toString() {
    return "DigitBuffer[redacted]";
  }
}
