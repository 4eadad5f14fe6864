package dev.cardvault.capture;

import dev.cardvault.card.CardBrand;
import java.util.Set;

/** Which card numbers may have a wrong check digit. */
@FunctionalInterface
public interface LuhnPolicy {

  /** None may. */
  LuhnPolicy STRICT = (digits, length, brand) -> false;

  /** Whether {@code digits[0, length)} of {@code brand} are let pass, with a warning. */
  boolean excuses(byte[] digits, int length, CardBrand brand);

  /** Lets all numbers of {@code brands} pass. */
  static LuhnPolicy warningOnlyFor(Set<CardBrand> brands) {
    Set<CardBrand> excused = Set.copyOf(brands);
    return (digits, length, brand) -> excused.contains(brand);
  }
}
