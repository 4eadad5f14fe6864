package dev.cardvault.api;

import java.nio.charset.StandardCharsets;

/**
 * A JSON pointer (RFC 6901) that is safe to show: a field the caller made up is named only as far
 * as its name is harmless.
 */
final class Pointer {

  private static final int LONGEST = 64;

  /** As many digits as may stand in a name one after another: fewer than a BIN has. */
  private static final int DIGITS = 5;

  private final StringBuilder text = new StringBuilder();

  Pointer item(int index) {
    text.append('/').append(index);
    return this;
  }

  Pointer field(byte[] bytes, int from, int to) {
    int shown = Math.min(to, from + LONGEST + 1);
    return field(new String(bytes, from, shown - from, StandardCharsets.ISO_8859_1));
  }

  Pointer field(String name) {
    text.append('/');
    int digits = 0;
    for (int i = 0; i < Math.min(name.length(), LONGEST); i++) {
      char c = name.charAt(i);
      digits = isDigit(c) ? digits + 1 : 0;
      text.append(digits <= DIGITS && isHarmless(c) ? c : '*');
    }
    if (name.length() > LONGEST) {
      text.append("...");
    }
    return this;
  }

  private static boolean isHarmless(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || isDigit(c)
        || c == '_'
        || c == '-'
        || c == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
