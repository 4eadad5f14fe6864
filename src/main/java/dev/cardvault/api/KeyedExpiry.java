package dev.cardvault.api;

import dev.cardvault.card.CardExpiry;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expiry as platforms hand it over: a month and a year of two or four digits. */
final class KeyedExpiry {

  private static final Pattern MONTH = Pattern.compile("[0-9]{1,2}");
  private static final Pattern YEAR = Pattern.compile("[0-9]{2}|[0-9]{4}");
  private static final int CENTURY = 2000;

  private KeyedExpiry() {}

  /**
   * The expiry in two fields; {@code null} where both are empty.
   *
   * @throws ProblemException {@code missing-field} or {@code invalid-field}
   */
  static @Nullable CardExpiry of(@Nullable String month, @Nullable String year) {
    if (isEmpty(month) && isEmpty(year)) {
      return null;
    }
    if (month == null || year == null || isEmpty(month) || isEmpty(year)) {
      throw ProblemException.of(ProblemCode.MISSING_FIELD, "An expiry is a month and a year");
    }
    if (!MONTH.matcher(month).matches() || !YEAR.matcher(year).matches()) {
      throw ProblemException.of(
          ProblemCode.INVALID_FIELD, "An expiry is a month, and a year of two or four digits");
    }
    int number = Integer.parseInt(year);
    return new CardExpiry(Integer.parseInt(month), year.length() == 2 ? CENTURY + number : number);
  }

  /**
   * The expiry that a caller keyed, MMYY.
   *
   * @throws ProblemException {@code invalid-field}
   */
  static CardExpiry keyed(byte[] digits, int from, int to) {
    for (int i = from; i < to; i++) {
      if (digits[i] < '0' || digits[i] > '9') {
        throw notKeyed();
      }
    }
    if (to - from != 4) {
      throw notKeyed();
    }
    return new CardExpiry(number(digits, from), CENTURY + number(digits, from + 2));
  }

  private static int number(byte[] digits, int from) {
    return (digits[from] - '0') * 10 + digits[from + 1] - '0';
  }

  private static ProblemException notKeyed() {
    return ProblemException.of(ProblemCode.INVALID_FIELD, "An expiry is four digits, MMYY");
  }

  private static boolean isEmpty(@Nullable String text) {
    return text == null || text.isEmpty();
  }
}
