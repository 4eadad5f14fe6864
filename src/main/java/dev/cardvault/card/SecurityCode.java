package dev.cardvault.card;

import com.google.errorprone.annotations.RestrictedApi;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.Arrays;

/**
 * The three or four digits printed on a card. Sensitive authentication data: it may be kept until
 * the first authorisation and never after it, encrypted or not (PCI DSS 3.3.1.2), and so it is
 * never written anywhere. It owns its bytes, wipes them when closed, prints as a fixed text and
 * equals nothing but itself.
 */
public final class SecurityCode implements AutoCloseable {

  /** The fewest digits. */
  public static final int MIN_LENGTH = 3;

  /** The most digits. */
  public static final int MAX_LENGTH = 4;

  private final byte[] digits;
  private boolean closed;

  private SecurityCode(byte[] digits) {
    this.digits = digits;
  }

  /**
   * Makes {@code digits} the security code of a card of {@code brand}. The array belongs to the
   * code from here on, and is wiped when it is refused.
   *
   * @param digits ASCII digits, nothing else
   * @throws ProblemException {@code invalid-field} when no such card has such a code
   */
  public static SecurityCode takeOwnershipOf(byte[] digits, CardBrand brand) {
    boolean allDigits = true;
    for (byte b : digits) {
      allDigits &= b >= '0' && b <= '9';
    }
    if (!allDigits || !brand.codeLengths().contains(digits.length)) {
      Arrays.fill(digits, (byte) 0);
      throw ProblemException.at(
          "/security_code",
          ProblemCode.INVALID_FIELD,
          "A security code has 3 digits, or 4 on cards of some brands");
    }
    return new SecurityCode(digits);
  }

  /**
   * The digits themselves, not a copy: they are gone once this code is closed.
   *
   * @throws IllegalStateException when it is closed
   */
  @RestrictedApi(
      explanation =
          "A security code is handed out once and read nowhere else (PCI DSS 3.3.1.2); mark the"
              + " caller @RevealsPan",
      link = "docs/threat-model.md",
      allowlistAnnotations = {RevealsPan.class})
  public byte[] reveal() {
    if (closed) {
      throw new IllegalStateException("The security code has been wiped");
    }
    return digits;
  }

  /** How many digits it has, 3 or 4. */
  public int length() {
    return digits.length;
  }

  /** Overwrites the digits; harmless when done twice. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(digits, (byte) 0);
  }

  /** A fixed text: a security code never prints itself. */
  @Override
  public String toString() {
    return "SecurityCode[redacted]";
  }
}
