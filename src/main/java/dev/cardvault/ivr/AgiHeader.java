package dev.cardvault.ivr;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What Asterisk says of a call before it takes commands: lines like {@code agi_uniqueid: 1.2}. */
final class AgiHeader {

  private static final int MOST_LINES = 200;
  private static final int MOST_BYTES = 4 * 1024;
  private static final String ARGUMENT = "agi_arg_1";
  private static final String CALL = "agi_uniqueid";
  private static final String SECOND_ARGUMENT = "agi_arg_2";
  private static final Set<String> READ = Set.of(ARGUMENT, SECOND_ARGUMENT, CALL);

  private final Map<String, String> values = new HashMap<>();
  private int lines;
  private int bytes;

  /**
   * Takes one line; whether it was the last.
   *
   * @throws AgiException when there are too many, or it is none
   */
  boolean take(byte[] line, int length) {
    if (length == 0) {
      return true;
    }
    bytes += length;
    if (++lines > MOST_LINES || bytes > MOST_BYTES) {
      throw new AgiException("The header is too long");
    }
    String text = new String(line, 0, length, StandardCharsets.US_ASCII);
    int colon = text.indexOf(':');
    if (colon < 0 || !text.startsWith("agi_")) {
      throw new AgiException("Not a header of AGI");
    }
    String name = text.substring(0, colon);
    if (READ.contains(name)) {
      values.putIfAbsent(name, text.substring(colon + 1).strip());
    }
    return false;
  }

  /** What the dialplan gave as the first argument; empty when it gave none. */
  String argument() {
    return values.getOrDefault(ARGUMENT, "");
  }

  /** The second one; empty when there is none. */
  String secondArgument() {
    return values.getOrDefault(SECOND_ARGUMENT, "");
  }

  /** Asterisk's id of the call; empty when it told none. */
  String callId() {
    return values.getOrDefault(CALL, "");
  }
}
