package dev.cardvault.card;

/** Text, wherever its characters lie. */
@FunctionalInterface
interface Characters {

  /** The character at {@code index}. */
  char at(int index);

  /** What {@code c} counts, 0 to 9 in whatever script; -1 when it is no digit. */
  static int digit(char c) {
    if (c < 0x80) {
      return c >= '0' && c <= '9' ? c - '0' : -1;
    }
    return Character.digit(c, 10);
  }
}
