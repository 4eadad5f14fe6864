package dev.cardvault.api;

import dev.cardvault.capture.KeyMap;
import org.jspecify.annotations.Nullable;

/**
 * What the keys beside the digits do.
 *
 * @param end ends a field; an empty text when no key does
 * @param clear clears a field; an empty text when no key does
 */
record KeyMapFields(@Nullable String end, @Nullable String clear) {

  KeyMap checked() {
    char endKey = key(end, KeyMap.DEFAULT.end());
    char clearKey = key(clear, KeyMap.DEFAULT.clear());
    try {
      return new KeyMap(endKey, clearKey);
    } catch (IllegalArgumentException e) {
      throw Fields.invalid("/key_map", "End and clear are two of * # A B C D, or empty");
    }
  }

  private static char key(@Nullable String given, char usual) {
    if (given == null) {
      return usual;
    }
    if (given.length() > 1) {
      throw Fields.invalid("/key_map", "A key is one character");
    }
    return given.isEmpty() ? KeyMap.NONE : given.charAt(0);
  }
}
