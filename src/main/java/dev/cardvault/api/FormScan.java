package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.function.BiConsumer;

/**
 * Reads a form (application/x-www-form-urlencoded, WHATWG URL 5.1) from its bytes, value by value:
 * any parser at hand would make a {@link String} of each.
 */
final class FormScan {

  private static final int MOST_FIELDS = 500;
  private static final int LONGEST_NAME = 100;

  private final byte[] bytes;
  private final int end;
  private int at;

  private FormScan(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /**
   * Shows every field to {@code taker}, which may not keep its value.
   *
   * @throws ProblemException {@code malformed-form}
   */
  static void scan(RequestBody body, BiConsumer<String, FormValue> taker) {
    FormScan scan = new FormScan(body.bytes(), body.length());
    for (int fields = 0; scan.at < scan.end; fields++) {
      if (fields == MOST_FIELDS) {
        throw malformed("The form has too many fields");
      }
      scan.field(taker);
    }
  }

  private void field(BiConsumer<String, FormValue> taker) {
    String name;
    try (FormValue decoded = decoded('=')) {
      name = decoded.name(LONGEST_NAME);
    }
    if (at < end && bytes[at] == '=') {
      at++;
    }
    try (FormValue value = decoded('&')) {
      taker.accept(name, value);
    }
    at++;
  }

  /** What stands before {@code stop} or the field's end; steps there. */
  private FormValue decoded(char stop) {
    int from = at;
    while (at < end && bytes[at] != '&' && bytes[at] != stop) {
      at++;
    }
    byte[] plain = new byte[at - from];
    int length = 0;
    for (int i = from; i < at; i++) {
      if (bytes[i] == '%') {
        plain[length++] = escaped(i);
        i += 2;
      } else {
        plain[length++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return new FormValue(plain, length);
  }

  private byte escaped(int percent) {
    int high = percent + 2 < at ? Character.digit(bytes[percent + 1], 16) : -1;
    int low = percent + 2 < at ? Character.digit(bytes[percent + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw malformed("A percent sign begins two hexadecimal digits");
    }
    return (byte) (high << 4 | low);
  }

  static ProblemException malformed(String rule) {
    return ProblemException.of(ProblemCode.MALFORMED_FORM, rule);
  }
}
