package dev.cardvault.api;

/**
 * The characters of a JSON string (RFC 8259, 7), one at a time: escapes and UTF-8 (RFC 3629) are
 * resolved without making a {@link String}.
 */
final class Characters {

  private final byte[] bytes;
  private final int end;
  private int at;

  Characters(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.end = to;
    this.at = from;
  }

  boolean hasNext() {
    return at < end;
  }

  /**
   * The next code point; half a surrogate pair is one too.
   *
   * @throws dev.cardvault.problem.ProblemException {@code malformed-json}
   */
  int next() {
    int first = bytes[at++];
    if (first == '\\') {
      return escape();
    }
    if (first >= 0) {
      return first;
    }
    // The lead byte tells how many follow; a longer form than needed is no UTF-8.
    return switch ((first & 0xff) >> 4) {
      case 0xc, 0xd -> continued(first & 0x1f, 1, 0x80);
      case 0xe -> continued(first & 0x0f, 2, 0x800);
      case 0xf -> continued(first & 0x0f, 3, 0x10000);
      default -> throw BodyScan.malformed();
    };
  }

  private int continued(int lead, int count, int least) {
    int c = lead;
    for (int i = 0; i < count; i++) {
      if (at >= end || (bytes[at] & 0xc0) != 0x80) {
        throw BodyScan.malformed();
      }
      c = c << 6 | (bytes[at++] & 0x3f);
    }
    if (c < least || c > Character.MAX_CODE_POINT || (c >= 0xd800 && c <= 0xdfff)) {
      throw BodyScan.malformed();
    }
    return c;
  }

  private int escape() {
    if (at >= end) {
      throw BodyScan.malformed();
    }
    return switch (bytes[at++]) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw BodyScan.malformed();
    };
  }

  private int unicode() {
    int high = hex();
    if (!Character.isHighSurrogate((char) high)
        || at + 6 > end
        || bytes[at] != '\\'
        || bytes[at + 1] != 'u') {
      return high;
    }
    int before = at;
    at += 2;
    int low = hex();
    if (Character.isLowSurrogate((char) low)) {
      return Character.toCodePoint((char) high, (char) low);
    }
    at = before;
    return high;
  }

  private int hex() {
    if (at + 4 > end) {
      throw BodyScan.malformed();
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(bytes[at++], 16);
      if (digit < 0) {
        throw BodyScan.malformed();
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
