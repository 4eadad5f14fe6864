package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.Arrays;
import java.util.List;

/**
 * The first reading of a body, over its bytes and before any parser: lifts the card numbers out of
 * the one place where they may stand, leaves stars there, and refuses a body that has one anywhere
 * else (PCI DSS 3.5.1). Jackson reads what is left.
 *
 * <p>Not Jackson's own tokenizer, because that copies each number, and each name, into buffers and
 * tables that nobody wipes. It checks no more of the grammar (RFC 8259) than it needs to find every
 * text and number; whatever it lets through, Jackson reads strictly.
 */
final class BodyScan {

  private static final byte STAR = '*';

  private final byte[] bytes;
  private final int end;
  private final BodyPlaces places;
  private final CardReader reader;
  private final LiftedPans lifted = new LiftedPans();
  private final Path path = new Path();
  private int at;

  private BodyScan(RequestBody body, BodyPlaces places, CardReader reader) {
    this.bytes = body.bytes();
    this.end = body.length();
    this.places = places;
    this.reader = reader;
  }

  /**
   * Takes the card numbers out of {@code body}, which is changed.
   *
   * @param places where they may stand, and what is not read at all
   * @param reader what makes card numbers of bytes
   * @return what was lifted; it belongs to the caller
   * @throws ProblemException {@code malformed-json} or {@code pan-in-metadata}
   */
  static LiftedPans lift(RequestBody body, BodyPlaces places, CardReader reader) {
    BodyScan scan = new BodyScan(body, places, reader);
    boolean done = false;
    try {
      scan.document();
      done = true;
      return scan.lifted;
    } finally {
      if (!done) {
        scan.lifted.close();
      }
    }
  }

  private void document() {
    skipSpace();
    if (peek() != '{') {
      throw malformed();
    }
    object();
    skipSpace();
    if (at != end) {
      throw malformed();
    }
  }

  private void value() {
    switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> text();
      case 't', 'f', 'n' -> literal();
      default -> number();
    }
  }

  private void object() {
    path.enterObject();
    at++;
    skipSpace();
    if (peek() == '}') {
      at++;
    } else {
      do {
        skipSpace();
        name();
        skipSpace();
        expect(':');
        skipSpace();
        value();
        skipSpace();
      } while (continues('}'));
    }
    path.leave();
  }

  private void array() {
    path.enterArray();
    at++;
    skipSpace();
    if (peek() == ']') {
      at++;
    } else {
      do {
        skipSpace();
        path.nextItem();
        value();
        skipSpace();
      } while (continues(']'));
    }
    path.leave();
  }

  /** A name: written plainly, since there is no reason to hide what a field is called. */
  private void name() {
    expect('"');
    int from = at;
    int to = endOfText();
    path.name(bytes, from, to);
    if (has((byte) '\\', from, to)) {
      throw malformed();
    }
    refuseCardNumber(from, to);
  }

  private void text() {
    int offset = at++;
    int from = at;
    int to = endOfText();
    if (path.is(bytes, places.pan())) {
      lifted.add(offset, Digits.cardNumber(bytes, from, to, reader));
      Arrays.fill(bytes, from, to, STAR);
    } else if (path.is(bytes, places.code())) {
      lifted.add(offset, Digits.code(bytes, from, to));
      Arrays.fill(bytes, from, to, STAR);
    } else if (isDropped()) {
      Arrays.fill(bytes, from, to, STAR);
    } else {
      refuseCardNumber(from, to);
    }
  }

  private boolean isDropped() {
    List<String[]> kept = places.kept();
    return kept != null && kept.stream().noneMatch(place -> path.is(bytes, place));
  }

  /** A number cannot be a card number: it would lose zeros, and pass through every parser. */
  private void number() {
    int from = at;
    while (at < end && isOfNumber(bytes[at])) {
      at++;
    }
    if (at == from) {
      throw malformed();
    }
    if (path.is(bytes, places.pan())) {
      lifted.add(
          from,
          CardNumber.refused(
              ProblemCode.INVALID_CHARACTERS, "A card number is given as text, in quotes"));
      blankNumber(from);
    } else if (isDropped()) {
      blankNumber(from);
    } else {
      refuseCardNumber(from, at);
    }
  }

  private void blankNumber(int from) {
    bytes[from] = '0';
    Arrays.fill(bytes, from + 1, at, (byte) ' ');
  }

  private void literal() {
    while (at < end && bytes[at] >= 'a' && bytes[at] <= 'z') {
      at++;
    }
  }

  private void refuseCardNumber(int from, int to) {
    if (Digits.holdCardNumber(bytes, from, to)) {
      throw ProblemException.at(
          path.pointer(bytes), ProblemCode.PAN_IN_METADATA, ProblemCode.PAN_IN_METADATA.title());
    }
  }

  /** Steps behind the closing quote; returns where that stands. */
  private int endOfText() {
    while (at < end) {
      byte b = bytes[at++];
      if (b == '"') {
        return at - 1;
      }
      if (b >= 0 && b < ' ') {
        throw malformed();
      }
      if (b == '\\') {
        at++;
      }
    }
    throw malformed();
  }

  private boolean continues(char close) {
    byte b = peek();
    at++;
    if (b == ',') {
      return true;
    }
    if (b == close) {
      return false;
    }
    throw malformed();
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw malformed();
    }
    at++;
  }

  private byte peek() {
    if (at >= end) {
      throw malformed();
    }
    return bytes[at];
  }

  private void skipSpace() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
  }

  private boolean has(byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean isOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  static ProblemException malformed() {
    return ProblemException.of(ProblemCode.MALFORMED_JSON);
  }

  /** Where in the document the scan is. */
  private static final class Path {
    private final boolean[] isArray = new boolean[Json.MAX_DEPTH + 1];
    private final int[] from = new int[Json.MAX_DEPTH + 1];
    private final int[] to = new int[Json.MAX_DEPTH + 1];
    private int depth;

    void enterObject() {
      enter(false, 0);
    }

    void enterArray() {
      enter(true, -1);
    }

    private void enter(boolean array, int first) {
      if (depth == Json.MAX_DEPTH) {
        throw malformed();
      }
      depth++;
      isArray[depth] = array;
      from[depth] = first;
      to[depth] = first;
    }

    void leave() {
      depth--;
    }

    void nextItem() {
      from[depth]++;
    }

    void name(byte[] bytes, int nameFrom, int nameTo) {
      from[depth] = nameFrom;
      to[depth] = nameTo;
    }

    boolean is(byte[] bytes, String[] place) {
      if (depth != place.length) {
        return false;
      }
      for (int i = depth; i > 0; i--) {
        String wanted = place[i - 1];
        if (isArray[i] ? !wanted.equals("*") : !isNamed(bytes, i, wanted)) {
          return false;
        }
      }
      return depth > 0;
    }

    private boolean isNamed(byte[] bytes, int level, String wanted) {
      if (to[level] - from[level] != wanted.length()) {
        return false;
      }
      for (int i = 0; i < wanted.length(); i++) {
        if (bytes[from[level] + i] != wanted.charAt(i)) {
          return false;
        }
      }
      return true;
    }

    String pointer(byte[] bytes) {
      Pointer pointer = new Pointer();
      for (int i = 1; i <= depth; i++) {
        if (isArray[i]) {
          pointer.item(from[i]);
        } else {
          pointer.field(bytes, from[i], to[i]);
        }
      }
      return pointer.toString();
    }
  }
}
