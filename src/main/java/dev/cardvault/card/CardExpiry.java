package dev.cardvault.card;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.YearMonth;

/**
 * The month a card is good through (its last day included).
 *
 * @param month 1 to 12
 * @param year four digits, 2000 to 2099
 */
public record CardExpiry(int month, int year) {

  /** Cards are issued for at most this many years. */
  public static final int MAX_YEARS_AHEAD = 20;

  public CardExpiry {
    if (month < 1 || month > 12) {
      throw ProblemException.at("/exp_month", ProblemCode.INVALID_FIELD, "A month is 1 to 12");
    }
    if (year < 2000 || year > 2099) {
      throw ProblemException.at(
          "/exp_year", ProblemCode.INVALID_FIELD, "A year has four digits, 2000 to 2099");
    }
  }

  /**
   * Checks that the card is good now and its expiry believable.
   *
   * @throws ProblemException {@code card-expired}, or {@code invalid-field} when it lies more than
   *     20 years ahead
   */
  public void checkAgainst(YearMonth now) {
    YearMonth through = YearMonth.of(year, month);
    if (through.isBefore(now)) {
      throw ProblemException.at("/exp_year", ProblemCode.CARD_EXPIRED, "The card has expired");
    }
    if (through.isAfter(now.plusYears(MAX_YEARS_AHEAD))) {
      throw ProblemException.at(
          "/exp_year", ProblemCode.INVALID_FIELD, "An expiry lies at most 20 years ahead");
    }
  }
}
