package dev.cardvault.api;

import dev.cardvault.card.PanScanner;
import dev.cardvault.problem.ProblemException;
import java.util.Arrays;

/** Finds digits in the raw text of a JSON string, escapes and all, in buffers that are wiped. */
final class Digits {

  private Digits() {}

  /**
   * The card number that {@code bytes[from, to)} spells: spaces and dashes are dropped, anything
   * else that is no ASCII digit is refused.
   */
  static CardNumber cardNumber(byte[] bytes, int from, int to, CardReader reader) {
    byte[] plain = new byte[to - from];
    try {
      return CardNumber.of(reader.read(plain, 0, spell(bytes, from, to, plain)));
    } catch (ProblemException refused) {
      return CardNumber.refused(refused.code(), refused.detail());
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * What {@code bytes[from, to)} spells, where a security code may stand: ASCII, or question marks.
   */
  static KeyedCode code(byte[] bytes, int from, int to) {
    byte[] plain = new byte[to - from];
    try {
      return new KeyedCode(Arrays.copyOf(plain, spell(bytes, from, to, plain)));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Puts what the text says into {@code plain}; returns how long that is. */
  private static int spell(byte[] bytes, int from, int to, byte[] plain) {
    int count = 0;
    Characters characters = new Characters(bytes, from, to);
    while (characters.hasNext()) {
      int c = characters.next();
      plain[count++] = (byte) (c < 0x80 ? c : '?');
    }
    return count;
  }

  /**
   * Whether a card number of a known brand stands in {@code bytes[from, to)}, in whatever script
   * its digits are, and with or without invisible characters between them.
   *
   * @throws ProblemException {@code malformed-json} when it is no JSON string
   */
  static boolean holdCardNumber(byte[] bytes, int from, int to) {
    byte[] plain = new byte[to - from];
    try {
      int count = 0;
      Characters characters = new Characters(bytes, from, to);
      while (characters.hasNext()) {
        int c = characters.next();
        if (c < 0x80) {
          plain[count++] = (byte) c;
        } else if (Character.isDigit(c)) {
          plain[count++] = (byte) ('0' + Character.digit(c, 10));
        } else if (Character.getType(c) != Character.FORMAT) {
          plain[count++] = '?';
        }
      }
      return PanScanner.CARD_NUMBERS.finds(plain, 0, count);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }
}
