package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.PanScanner;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A value of a form, decoded into a buffer that is wiped once it has been read. */
final class FormValue implements AutoCloseable {

  private final byte[] bytes;
  private final int length;

  /** Takes over {@code bytes}. */
  FormValue(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /** The name of a field; empty where it is none that is known anywhere. */
  String name(int longest) {
    for (int i = 0; i < length; i++) {
      if (length > longest || (bytes[i] != '_' && (bytes[i] < 'a' || bytes[i] > 'z'))) {
        return "";
      }
    }
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  /** The card number, or why it is none. */
  CardNumber cardNumber(CardReader cards) {
    try {
      return CardNumber.of(cards.read(bytes, 0, length));
    } catch (ProblemException refused) {
      return CardNumber.refused(refused.code(), refused.detail());
    }
  }

  /** What was keyed as a security code. */
  KeyedCode code() {
    return new KeyedCode(Arrays.copyOf(bytes, length));
  }

  /** The expiry, MMYY. */
  CardExpiry expiry() {
    return KeyedExpiry.keyed(bytes, 0, length);
  }

  /**
   * The text: visible ASCII, and no card number.
   *
   * @throws ProblemException {@code invalid-field} or {@code pan-in-metadata}
   */
  String text(String pointer, int longest) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] < '!' || bytes[i] > '~') {
        throw Fields.invalid(pointer, "This is visible ASCII characters");
      }
    }
    if (length == 0 || length > longest) {
      throw Fields.invalid(pointer, "This is text of 1 to " + longest + " characters");
    }
    if (PanScanner.CARD_NUMBERS.finds(bytes, 0, length)) {
      throw ProblemException.at(
          pointer, ProblemCode.PAN_IN_METADATA, ProblemCode.PAN_IN_METADATA.title());
    }
    return new String(bytes, 0, length, StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "FormValue[redacted]";
  }
}
