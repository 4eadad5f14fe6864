package dev.cardvault.capture;

/**
 * What the keys beside the digits do; platforms differ.
 *
 * @param end ends a field, and says yes to the read-back; {@code 0} where no key does
 * @param clear clears a field, and says no to the read-back; {@code 0} where no key does
 */
public record KeyMap(char end, char clear) {

  /** {@code #} ends, {@code *} clears. */
  public static final KeyMap DEFAULT = new KeyMap('#', '*');

  /** No key has this job. */
  public static final char NONE = 0;

  /** What telephones have beside the digits (ITU-T Q.23). */
  private static final String SPECIAL = "*#ABCD";

  public KeyMap {
    if (!mayStand(end) || !mayStand(clear) || (end != NONE && end == clear)) {
      throw new IllegalArgumentException("End and clear are two of * # A B C D, or none");
    }
  }

  /** Whether a telephone can send {@code key}. */
  public static boolean isKey(int key) {
    return isDigit(key) || SPECIAL.indexOf(key) >= 0;
  }

  static boolean isDigit(int key) {
    return key >= '0' && key <= '9';
  }

  private static boolean mayStand(char key) {
    return key == NONE || SPECIAL.indexOf(key) >= 0;
  }
}
