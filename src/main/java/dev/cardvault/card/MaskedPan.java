package dev.cardvault.card;

import java.util.regex.Pattern;

/**
 * What anybody who may see a token may see of its card.
 *
 * @param brand the network
 * @param length how many digits the PAN has, 12 to 19
 * @param lastFour its last four digits
 */
public record MaskedPan(CardBrand brand, int length, String lastFour) {

  private static final Pattern FOUR_DIGITS = Pattern.compile("[0-9]{4}");

  public MaskedPan {
    if (length < Pan.MIN_LENGTH || length > Pan.MAX_LENGTH) {
      throw new IllegalArgumentException("A PAN has 12 to 19 digits");
    }
    if (!FOUR_DIGITS.matcher(lastFour).matches()) {
      throw new IllegalArgumentException("The last four are four digits");
    }
  }

  /** The PAN with all but its last four digits as dots, in its own length. */
  public String text() {
    return "•".repeat(length - 4) + lastFour;
  }
}
