package dev.cardvault.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON in the one form RFC 8785 leaves it: no white space, names sorted, one way to write each
 * character. Objects, strings and whole numbers only. What reads it takes nothing but that form, so
 * that different bytes never mean the same.
 */
final class CanonicalJson {

  /** Beyond it, not every reader keeps a number exact (RFC 7493, 2.2). */
  static final long MOST = (1L << 53) - 1;

  private static final String ESCAPES = "\b\t\n\f\r\"\\";
  private static final String ESCAPED = "btnfr\"\\";
  private static final int SPACE = 0x20;
  private static final int ASCII = 0x80;
  private static final int USUAL_LENGTH = 1_024;
  private static final int DEEPEST = 4;
  private static final int LONGEST_NUMBER = 16;

  private final byte[] bytes;
  private int at;

  private CanonicalJson(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Writes an object.
   *
   * @param object of strings, longs from 0 to {@link #MOST}, and objects
   */
  static byte[] write(SortedMap<String, ?> object) {
    return toText(object).getBytes(StandardCharsets.UTF_8);
  }

  /** The same, not encoded yet. */
  static String toText(SortedMap<String, ?> object) {
    StringBuilder text = new StringBuilder(USUAL_LENGTH);
    write(object, text);
    return text.toString();
  }

  private static void write(Object value, StringBuilder to) {
    if (value instanceof String text) {
      writeText(text, to);
    } else if (value instanceof Long number && number >= 0 && number <= MOST) {
      to.append(number.longValue());
    } else if (value instanceof SortedMap<?, ?> object && object.comparator() == null) {
      char before = '{';
      for (var member : object.entrySet()) {
        to.append(before);
        writeText((String) member.getKey(), to);
        to.append(':');
        write(member.getValue(), to);
        before = ',';
      }
      to.append(object.isEmpty() ? "{}" : "}");
    } else {
      throw new IllegalArgumentException("Not a string, a whole number, or an object");
    }
  }

  private static void writeText(String text, StringBuilder to) {
    to.append('"');
    // Characters between two that are escaped are copied at once.
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < SPACE || c == '"' || c == '\\') {
        to.append(text.substring(copied, i)).append(escaped(c));
        copied = i + 1;
      } else if (Character.isSurrogate(c)) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new IllegalArgumentException("Text has half a character");
        }
        i++;
      }
    }
    to.append(text.substring(copied)).append('"');
  }

  private static String escaped(char c) {
    int escape = ESCAPES.indexOf(c);
    return escape >= 0 ? "\\" + ESCAPED.charAt(escape) : "\\u%04x".formatted((int) c);
  }

  /** ASCII that stands for itself. */
  private static boolean isPlain(int c) {
    return c >= SPACE && c < ASCII && c != '"' && c != '\\';
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if {@code bytes} are not what {@link #write} writes
   */
  static SortedMap<String, Object> read(byte[] bytes) {
    CanonicalJson json = new CanonicalJson(bytes);
    SortedMap<String, Object> object = json.object(DEEPEST);
    if (json.at != bytes.length) {
      throw notCanonical();
    }
    return object;
  }

  private SortedMap<String, Object> object(int deep) {
    if (deep == 0) {
      throw notCanonical();
    }
    expect('{');
    SortedMap<String, Object> object = new TreeMap<>();
    if (next() == '}') {
      at++;
      return object;
    }
    String last = null;
    do {
      String name = text();
      if (last != null && name.compareTo(last) <= 0) {
        throw notCanonical();
      }
      expect(':');
      object.put(name, value(deep));
      last = name;
    } while (comma());
    expect('}');
    return object;
  }

  private boolean comma() {
    boolean more = next() == ',';
    at += more ? 1 : 0;
    return more;
  }

  private Object value(int deep) {
    return switch (next()) {
      case '"' -> text();
      case '{' -> object(deep - 1);
      default -> number();
    };
  }

  private Long number() {
    int from = at;
    long number = 0;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      if (at - from == LONGEST_NUMBER) {
        throw notCanonical();
      }
      number = number * 10 + bytes[at++] - '0';
    }
    boolean leadingZero = at - from > 1 && bytes[from] == '0';
    if (at == from || leadingZero || number > MOST) {
      throw notCanonical();
    }
    return number;
  }

  private String text() {
    expect('"');
    int from = at;
    boolean ascii = true;
    at = plainUpTo(from);
    while (next() < 0) {
      ascii = false;
      at = plainUpTo(at + 1);
    }
    String text;
    if (bytes[at] == '\\') {
      text = escapedText(from);
    } else if (bytes[at] != '"') {
      throw notCanonical();
    } else {
      text =
          ascii
              ? new String(bytes, from, at - from, StandardCharsets.ISO_8859_1)
              : decoded(bytes, from, at);
    }
    at++;
    return text;
  }

  /** Where the ASCII that stands for itself ends. */
  private int plainUpTo(int from) {
    int i = from;
    while (i < bytes.length && isPlain(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Reads on from the first backslash. */
  private String escapedText(int from) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write(bytes, from, at - from);
    while (next() != '"') {
      byte b = bytes[at++];
      if (b >= 0 && b < SPACE) {
        throw notCanonical();
      }
      text.write(b == '\\' ? escaped() : b);
    }
    return decoded(text.toByteArray(), 0, text.size());
  }

  private int escaped() {
    byte letter = next();
    at++;
    int which = ESCAPED.indexOf(letter);
    if (which >= 0) {
      return ESCAPES.charAt(which);
    }
    // All else below the space is written by number, and nothing above it is.
    if (letter != 'u' || at + 4 > bytes.length) {
      throw notCanonical();
    }
    String digits = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
    at += 4;
    for (int c = 0; c < SPACE; c++) {
      if (ESCAPES.indexOf(c) < 0 && digits.equals("%04x".formatted(c))) {
        return c;
      }
    }
    throw notCanonical();
  }

  private static String decoded(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw notCanonical();
    }
  }

  private byte next() {
    if (at >= bytes.length) {
      throw notCanonical();
    }
    return bytes[at];
  }

  private void expect(char c) {
    if (next() != c) {
      throw notCanonical();
    }
    at++;
  }

  private static IllegalArgumentException notCanonical() {
    return new IllegalArgumentException("Not canonical JSON (RFC 8785)");
  }
}
