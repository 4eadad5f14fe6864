package dev.cardvault.token;

import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a token looks and what of its card it keeps. All but {@link #FF1} are random: nothing about
 * the PAN can be computed from what they do not keep.
 */
public enum TokenFormat {
  /** {@code 0}, random digits, the last four; as long as the PAN; fails Luhn. The default. */
  LAST4(0),
  /** The six-digit BIN, random digits, the last four; as long as the PAN; fails Luhn. */
  BIN6_LAST4(6),
  /** The eight-digit BIN, random digits, the last four; as long as the PAN; fails Luhn. */
  BIN8_LAST4(8),
  /** {@code 0}, random digits, the last four; as long as the PAN; passes Luhn. */
  LUHN_VALID(0),
  /**
   * The six-digit BIN, random digits and capitals with at least one capital, the last four; as long
   * as the PAN.
   */
  ALPHANUMERIC(6),
  /** {@code tok_} and 26 random characters of Crockford's base32: 130 bits. */
  OPAQUE(0),
  /** {@code 0}, the other digits encrypted by FF1, the last four; as long as the PAN. */
  FF1(0);

  /**
   * The fewest digits of the PAN that a token must not tell: as many as PCI SSC FAQ 1091 wants
   * removed of a 16-digit PAN. Kept BIN and last four leave at least a thousand PANs then, the last
   * hidden digit being implied by Luhn.
   */
  static final int MIN_HIDDEN_DIGITS = 4;

  static final int KEPT_LAST = 4;

  private final String code = name().toLowerCase(Locale.ROOT);
  private final int binDigits;

  TokenFormat(int binDigits) {
    this.binDigits = binDigits;
  }

  /** As it stands in the API: lower case. */
  public String code() {
    return code;
  }

  /** The format of that code. */
  public static Optional<TokenFormat> ofCode(String code) {
    return List.of(values()).stream().filter(f -> f.code.equals(code)).findFirst();
  }

  /** How many digits of the BIN its tokens show: 0, 6 or 8. */
  public int binDigits() {
    return binDigits;
  }

  /**
   * Whether its tokens are told from card numbers, or card numbers from each other, by the check
   * digit alone, so that a number without a right one is not for it.
   */
  public boolean standsOnLuhn() {
    return switch (this) {
      case BIN6_LAST4, BIN8_LAST4, FF1 -> true;
      case LAST4, LUHN_VALID, ALPHANUMERIC, OPAQUE -> false;
    };
  }

  /** Whether the same PAN may be drawn another token; false means that its token is computed. */
  public boolean random() {
    return this != FF1;
  }

  /**
   * How many tokens there are for the PANs of {@code panLength} digits that share what the format
   * keeps. Somebody who knows those digits guesses the token of one card with odds of one in this.
   *
   * @throws ProblemException {@code unsafe-format}, see {@link #checkFor}
   */
  public BigInteger space(int panLength) {
    checkFor(panLength);
    int hidden = hiddenDigits(panLength);
    return switch (this) {
      // A tenth of all digits passes Luhn, whatever stands around them.
      case BIN6_LAST4, BIN8_LAST4 -> power(10, hidden - 1).multiply(BigInteger.valueOf(9));
      // The leading 0 takes one of the hidden places.
      case LAST4 -> power(10, hidden - 2).multiply(BigInteger.valueOf(9));
      case LUHN_VALID -> power(10, hidden - 2);
      case FF1 -> power(10, hidden - 1);
      case ALPHANUMERIC -> power(36, hidden).subtract(power(10, hidden));
      case OPAQUE -> power(32, TokenMint.OPAQUE_CHARACTERS);
    };
  }

  /**
   * How many PANs of {@code panLength} digits fit a token of this format: what its kept digits
   * leave open, with one digit implied by Luhn.
   *
   * @throws ProblemException {@code unsafe-format}, see {@link #checkFor}
   */
  public BigInteger pans(int panLength) {
    checkFor(panLength);
    return power(10, hiddenDigits(panLength) - 1);
  }

  /**
   * Checks that tokens for PANs of {@code panLength} digits keep at least four of them to
   * themselves: a kept BIN of 6 wants 14 digits, one of 8 wants 16.
   *
   * @param panLength 12 to 19
   * @throws ProblemException {@code unsafe-format}
   */
  public void checkFor(int panLength) {
    if (panLength < Pan.MIN_LENGTH || panLength > Pan.MAX_LENGTH) {
      throw new IllegalArgumentException("A PAN has 12 to 19 digits");
    }
    if (hiddenDigits(panLength) < MIN_HIDDEN_DIGITS) {
      throw ProblemException.of(
          ProblemCode.UNSAFE_FORMAT,
          "With this format, a token of so short a card number would show all but "
              + hiddenDigits(panLength)
              + " of its digits");
    }
  }

  private int hiddenDigits(int panLength) {
    return this == OPAQUE ? panLength : panLength - binDigits - KEPT_LAST;
  }

  private static BigInteger power(int base, int exponent) {
    return BigInteger.valueOf(base).pow(exponent);
  }
}
