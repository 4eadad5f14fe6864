package dev.cardvault.api;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the keys out of a body, over its bytes and before any parser sees them: the text of the
 * member {@code keys} of the outermost object, in whose place stars are left. A body that is no
 * JSON is left as it is, for the parser to refuse.
 */
final class KeysScan {

  private static final byte[] NAME = {'k', 'e', 'y', 's'};
  private static final byte STAR = '*';

  private final byte[] bytes;
  private final int end;
  private int at;
  private int depth;

  private KeysScan(RequestBody body) {
    this.bytes = body.bytes();
    this.end = body.length();
  }

  /** The keys as they stand in {@code body}, for the caller to wipe; {@code null} for none. */
  static byte @Nullable [] lift(RequestBody body) {
    return new KeysScan(body).lift();
  }

  private byte @Nullable [] lift() {
    byte[] keys = null;
    while (at < end) {
      byte b = bytes[at++];
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      } else if (b == '"') {
        int from = at;
        int to = endOfText();
        if (depth == 1 && is(from, to) && isName()) {
          byte[] found = text();
          wipe(keys);
          keys = found;
        }
      }
    }
    return keys;
  }

  private boolean is(int from, int to) {
    return Arrays.equals(bytes, from, to, NAME, 0, NAME.length);
  }

  /** Whether a colon comes next, and behind it a text; steps to that. */
  private boolean isName() {
    skipSpace();
    if (at >= end || bytes[at] != ':') {
      return false;
    }
    at++;
    skipSpace();
    return at < end && bytes[at] == '"';
  }

  private byte[] text() {
    int from = ++at;
    int to = endOfText();
    byte[] found = Arrays.copyOfRange(bytes, from, to);
    Arrays.fill(bytes, from, to, STAR);
    return found;
  }

  /** Steps behind the closing quote; returns where that stands. */
  private int endOfText() {
    while (at < end) {
      byte b = bytes[at++];
      if (b == '"') {
        return at - 1;
      }
      if (b == '\\') {
        at++;
      }
    }
    at = end;
    return end;
  }

  private void skipSpace() {
    while (at < end && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
      at++;
    }
  }

  private static void wipe(byte @Nullable [] keys) {
    if (keys != null) {
      Arrays.fill(keys, (byte) 0);
    }
  }
}
