package dev.cardvault.card;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The digits last read, as far back as a card number reaches, and where each group of them begins.
 * Wiped when closed.
 */
final class DigitWindow implements AutoCloseable {

  /** Not masked: PCI DSS 3.4.1 lets anybody see the last four. */
  private static final int SHOWN = 4;

  private static final char MASK = '*';

  // A ring of the least power of two that holds the longest number.
  private static final int SIZE = 32;

  private final boolean knownBrandsOnly;
  private final byte[] digits = new byte[SIZE];
  private final int[] positions = new int[SIZE];
  private final boolean[] beginsGroup = new boolean[SIZE];
  private final byte[] candidate = new byte[Pan.MAX_LENGTH];
  private int count;

  DigitWindow(boolean knownBrandsOnly) {
    this.knownBrandsOnly = knownBrandsOnly;
  }

  /** Forgets the digits: what comes now does not belong to them. */
  void clear() {
    count = 0;
  }

  /**
   * Adds the digits that stand together from {@code start} on. Of too many to be of a card, the
   * beginning is out of reach, and so no number is found in them.
   *
   * @return where they end
   */
  int addGroup(Characters text, int start, int length) {
    int i = start;
    int digit = Characters.digit(text.at(i));
    while (digit >= 0) {
      int slot = count++ % SIZE;
      digits[slot] = (byte) ('0' + digit);
      positions[slot] = i;
      beginsGroup[slot] = i == start;
      i++;
      digit = i < length ? Characters.digit(text.at(i)) : -1;
    }
    return i;
  }

  /**
   * Whether the digits up to here end in a card number that begins with a group.
   *
   * @param masked where to mask all such numbers; {@code null} to find one only
   */
  boolean endsInCardNumber(char @Nullable [] masked) {
    boolean found = false;
    int sum = 0;
    for (int taken = 1; taken <= Math.min(count, Pan.MAX_LENGTH); taken++) {
      int slot = (count - taken) % SIZE;
      sum += Luhn.worth(digits[slot], taken % 2 == 0);
      if (taken >= PanScanner.FEWEST_DIGITS
          && beginsGroup[slot]
          && sum % 10 == 0
          && counts(taken)) {
        found = true;
        if (masked == null) {
          return true;
        }
        mask(taken, masked);
      }
    }
    return found;
  }

  private boolean counts(int taken) {
    if (!knownBrandsOnly) {
      return true;
    }
    for (int i = 0; i < taken; i++) {
      candidate[i] = digits[(count - taken + i) % SIZE];
    }
    CardBrand brand = CardBrand.of(candidate, taken);
    return brand != CardBrand.UNKNOWN && brand.allowsLength(taken);
  }

  private void mask(int taken, char[] masked) {
    for (int i = count - taken; i < count - SHOWN; i++) {
      masked[positions[i % SIZE]] = MASK;
    }
  }

  @Override
  public void close() {
    Arrays.fill(digits, (byte) 0);
    Arrays.fill(candidate, (byte) 0);
  }
}
