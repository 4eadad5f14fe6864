package dev.cardvault.card;

/**
 * A UUID as RFC 9562, 4 writes it, with at least one letter: without one, it may be a row of
 * numbers.
 */
final class UuidShape {

  static final int LENGTH = 36;

  private static final int[] DASHES = {8, 13, 18, 23};

  private UuidShape() {}

  /** Whether one stands at {@code start} of {@code text}, neither end grown into a longer word. */
  static boolean beginsAt(Characters text, int start, int length) {
    int end = start + LENGTH;
    if (end > length) {
      return false;
    }
    for (int dash : DASHES) {
      if (text.at(start + dash) != '-') {
        return false;
      }
    }
    return (start == 0 || !isWord(text.at(start - 1)))
        && (end == length || !isWord(text.at(end)))
        && isHexWithLetter(text, start);
  }

  private static boolean isHexWithLetter(Characters text, int start) {
    boolean letter = false;
    int dashes = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.at(start + i);
      if (c == '-') {
        dashes++;
      } else if (Character.digit(c, 16) < 0 || c >= 0x80) {
        return false;
      } else {
        letter |= c > '9';
      }
    }
    return letter && dashes == DASHES.length;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }
}
