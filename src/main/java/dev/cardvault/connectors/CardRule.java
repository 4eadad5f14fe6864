package dev.cardvault.connectors;

import dev.cardvault.card.Pan;
import dev.cardvault.card.PublishedTestCards;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Which numbers a connector takes. One in test mode takes published test cards alone, and those
 * numbers without a right check digit that its administrator listed: a platform that is being tried
 * out sends no caller's card.
 */
public final class CardRule {

  private final ConnectorMode mode;
  private final Set<String> exemptions;

  /** The rule of a connector. */
  public CardRule(ConnectorDraft draft) {
    this.mode = draft.mode();
    this.exemptions = draft.luhnExemptions();
  }

  /**
   * The card number in {@code text[from, to)}, as people write it; the bytes stay the caller's to
   * wipe.
   *
   * @throws ProblemException as {@link Pan#copyOf} does, or {@code test-card-required}
   */
  public Pan read(byte[] text, int from, int to) {
    if (mode == ConnectorMode.LIVE) {
      return Pan.copyOf(text, from, to);
    }
    byte[] digits = digits(text, from, to);
    try {
      if (isExempt(digits)) {
        return Pan.takeOwnershipWithoutLuhn(digits.clone());
      }
      Pan pan = Pan.copyOf(text, from, to);
      if (!PublishedTestCards.contains(digits)) {
        pan.close();
        throw ProblemException.of(ProblemCode.TEST_CARD_REQUIRED);
      }
      return pan;
    } finally {
      Arrays.fill(digits, (byte) 0);
    }
  }

  private boolean isExempt(byte[] digits) {
    return exemptions.stream()
        .anyMatch(number -> Arrays.equals(number.getBytes(StandardCharsets.US_ASCII), digits));
  }

  private static byte[] digits(byte[] text, int from, int to) {
    byte[] kept = new byte[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (text[i] != ' ' && text[i] != '-') {
        kept[count++] = text[i];
      }
    }
    try {
      return Arrays.copyOf(kept, count);
    } finally {
      Arrays.fill(kept, (byte) 0);
    }
  }
}
