package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.HolderName;
import dev.cardvault.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A card as a request gives it.
 *
 * @param number its number, 12 to 19 digits; spaces and dashes are dropped
 * @param expMonth the month it is good through, 1 to 12
 * @param expYear that month's year, four digits
 * @param holderName the name on it
 */
record CardInput(
    @Nullable CardNumber number,
    @Nullable Integer expMonth,
    @Nullable Integer expYear,
    @Nullable String holderName) {

  private static final int LONGEST_NAME = 100;

  CardNumber requiredNumber() {
    return Fields.required(number, "/card/number");
  }

  @Nullable CardExpiry expiry() {
    if (expMonth == null && expYear == null) {
      return null;
    }
    try {
      return new CardExpiry(
          Fields.required(expMonth, "/exp_month"), Fields.required(expYear, "/exp_year"));
    } catch (ProblemException e) {
      throw e.below("/card");
    }
  }

  @Nullable HolderName holder() {
    return holderName == null
        ? null
        : new HolderName(Fields.text(holderName, "/card/holder_name", LONGEST_NAME));
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "CardInput[redacted]";
  }
}
