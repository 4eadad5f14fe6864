package dev.cardvault.card;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;

/**
 * The name on a card. Cardholder data (PCI DSS 3.2, table 3): stored only sealed, and like a {@link
 * Pan} it neither prints itself nor equals anything.
 */
public final class HolderName {

  /** The most characters a name may have. */
  public static final int MAX_LENGTH = 100;

  private final String name;

  /**
   * Takes a name of 1 to 100 characters, without control characters or a card number.
   *
   * @throws ProblemException {@code invalid-field} or {@code pan-in-metadata}
   */
  public HolderName(String name) {
    if (name.isBlank()
        || name.length() > MAX_LENGTH
        || name.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.at(
          "/holder_name",
          ProblemCode.INVALID_FIELD,
          "A holder's name has 1 to 100 characters, none of them a control character");
    }
    if (PanScanner.CARD_NUMBERS.finds(name)) {
      throw ProblemException.at(
          "/holder_name", ProblemCode.PAN_IN_METADATA, "A card number stands in the holder's name");
    }
    this.name = name;
  }

  /** The name in clear. */
  public String reveal() {
    return name;
  }

  /** A fixed text: a name never prints itself. */
  @Override
  public String toString() {
    return "HolderName[redacted]";
  }
}
