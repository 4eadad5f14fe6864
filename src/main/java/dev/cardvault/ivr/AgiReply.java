package dev.cardvault.ivr;

import java.nio.charset.StandardCharsets;

/**
 * What Asterisk answers a command: {@code 200 result=52 ...}.
 *
 * @param code 200; 510 for a command it does not know; 511 when the call is over; 520 for one it
 *     did not understand
 * @param result what came of it, where the code is 200
 */
record AgiReply(int code, int result) {

  static final int OK = 200;
  static final int DEAD_CHANNEL = 511;

  /** The call is over. */
  static final AgiReply HUNG_UP = new AgiReply(DEAD_CHANNEL, -1);

  private static final byte[] RESULT = " result=".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 6;

  /**
   * Reads a reply from its one line, or the last of its lines.
   *
   * @throws AgiException when it is none
   */
  static AgiReply of(byte[] line, int length) {
    if (length < 4 || (line[3] != ' ' && length > 3)) {
      throw notOne();
    }
    int code = number(line, 0, 3);
    if (code != OK) {
      return new AgiReply(code, -1);
    }
    for (int i = 0; i < RESULT.length; i++) {
      if (3 + i >= length || line[3 + i] != RESULT[i]) {
        throw notOne();
      }
    }
    int from = 3 + RESULT.length;
    boolean negative = from < length && line[from] == '-';
    int digits = negative ? from + 1 : from;
    int to = digits;
    while (to < length && isDigit(line[to])) {
      to++;
    }
    int result = number(line, digits, to);
    return new AgiReply(code, negative ? -result : result);
  }

  private static int number(byte[] line, int from, int to) {
    if (to == from || to - from > MOST_DIGITS) {
      throw notOne();
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(line[i])) {
        throw notOne();
      }
      number = number * 10 + line[i] - '0';
    }
    return number;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static AgiException notOne() {
    return new AgiException("Not a reply of AGI");
  }

  /** Whether the caller has hung up. */
  boolean isHangUp() {
    return code == DEAD_CHANNEL || (code == OK && result < 0);
  }

  /** Whether it was done. */
  boolean isDone() {
    return code == OK;
  }

  /** May be a key that was pressed, and is not printed. */
  @Override
  public String toString() {
    return "AgiReply[" + code + "]";
  }
}
