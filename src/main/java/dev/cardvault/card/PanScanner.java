package dev.cardvault.card;

import org.jspecify.annotations.Nullable;

/**
 * Finds what looks like a card number in text: 13 to 19 digits that pass Luhn, together or with
 * single spaces or dashes between them, and no further digit right beside them. Digits of other
 * scripts count in characters, not in bytes. UUIDs are passed over, since one in some thousands
 * would look like a card. Takes time in proportion to the text's length, whatever stands there.
 */
public final class PanScanner {

  /** Finds numbers of known brands in their legal lengths: what input is refused for. */
  public static final PanScanner CARD_NUMBERS = new PanScanner(true);

  /** Finds every number that passes Luhn, false alarms and all: what logs are masked of. */
  public static final PanScanner LUHN_NUMBERS = new PanScanner(false);

  /** Below 13 digits, chance would find too much (there are 12-digit cards, but hardly any). */
  public static final int FEWEST_DIGITS = 13;

  private final boolean knownBrandsOnly;

  private PanScanner(boolean knownBrandsOnly) {
    this.knownBrandsOnly = knownBrandsOnly;
  }

  /** Whether a card number stands in {@code text}. */
  public boolean finds(CharSequence text) {
    return scan(text::charAt, text.length(), null);
  }

  /**
   * Whether a card number stands in {@code utf8[from, to)}, without making it a String. Escapes of
   * JSON are not undone.
   */
  public boolean finds(byte[] utf8, int from, int to) {
    return scan(i -> (char) (utf8[from + i] & 0xff), to - from, null);
  }

  /**
   * The text with {@code *} for each digit of a card number but its last four; the same text when
   * there is none.
   */
  public String mask(String text) {
    char[] masked = text.toCharArray();
    return scan(text::charAt, masked.length, masked) ? new String(masked) : text;
  }

  private boolean scan(Characters text, int length, char @Nullable [] masked) {
    if (length < FEWEST_DIGITS) {
      return false;
    }
    boolean found = false;
    try (DigitWindow window = new DigitWindow(knownBrandsOnly)) {
      int groupEnd = -1;
      int i = 0;
      while (i < length) {
        char c = text.at(i);
        if (UuidShape.beginsAt(text, i, length)) {
          window.clear();
          i += UuidShape.LENGTH;
        } else if (Characters.digit(c) >= 0) {
          i = window.addGroup(text, i, length);
          groupEnd = i;
          found |= window.endsInCardNumber(masked);
          if (found && masked == null) {
            return true;
          }
        } else {
          boolean joins = i == groupEnd && (c == ' ' || c == '-');
          if (!joins) {
            window.clear();
          }
          i++;
        }
      }
    }
    return found;
  }
}
