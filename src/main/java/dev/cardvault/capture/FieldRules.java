package dev.cardvault.capture;

import dev.cardvault.card.CardBrand;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.Luhn;
import dev.cardvault.card.Pan;
import dev.cardvault.card.PublishedTestCards;
import dev.cardvault.card.SecurityCode;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.YearMonth;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cards are taken. The same rules hold at the keypad, digit by digit, and for platforms that
 * hand over whole values.
 *
 * @param acceptedBrands the brands taken; empty for all, unknown ones included
 * @param luhn which numbers may have a wrong check digit
 * @param testCardsOnly whether only the numbers that are published for tests are taken
 */
public record FieldRules(Set<CardBrand> acceptedBrands, LuhnPolicy luhn, boolean testCardsOnly) {

  /** Every brand; each number with its check digit. */
  public static final FieldRules ALL_BRANDS = new FieldRules(Set.of(), LuhnPolicy.STRICT);

  private static final int CENTURY = 2000;

  public FieldRules {
    acceptedBrands = Set.copyOf(acceptedBrands);
  }

  /** The rules for callers' cards. */
  public FieldRules(Set<CardBrand> acceptedBrands, LuhnPolicy luhn) {
    this(acceptedBrands, luhn, false);
  }

  /** The same for a telephone system that is being tried out. */
  public FieldRules forTestCardsOnly() {
    return new FieldRules(acceptedBrands, luhn, true);
  }

  /** Whether cards of {@code brand} are taken. */
  public boolean accepts(CardBrand brand) {
    return acceptedBrands.isEmpty() || acceptedBrands.contains(brand);
  }

  /**
   * The PAN that {@code digits} are. The array belongs to it from here on, and is wiped when it is
   * refused.
   *
   * @param digits ASCII digits, nothing else
   * @throws ProblemException {@code invalid-characters}, {@code length-invalid}, {@code
   *     luhn-failed}, {@code brand-not-accepted} or {@code test-card-required}
   */
  public Pan pan(byte[] digits) {
    boolean allowed = !testCardsOnly || PublishedTestCards.contains(digits);
    CardBrand brand = CardBrand.of(digits, digits.length);
    Pan pan =
        luhn.excuses(digits, digits.length, brand)
            ? Pan.takeOwnershipWithoutLuhn(digits)
            : Pan.takeOwnershipOf(digits);
    if (!accepts(brand)) {
      pan.close();
      throw ProblemException.of(ProblemCode.BRAND_NOT_ACCEPTED);
    }
    if (!allowed) {
      pan.close();
      throw ProblemException.of(ProblemCode.TEST_CARD_REQUIRED);
    }
    return pan;
  }

  /**
   * The expiry that platforms hand over as month and year, the year in two digits or four.
   *
   * @throws ProblemException {@code invalid-field} or {@code card-expired}
   */
  public CardExpiry expiry(int month, int year, YearMonth now) {
    CardExpiry expiry = new CardExpiry(month, year >= 0 && year < 100 ? CENTURY + year : year);
    expiry.checkAgainst(now);
    return expiry;
  }

  /**
   * The security code that {@code digits} are on a card of {@code brand}; fails as {@link
   * SecurityCode#takeOwnershipOf}, which wipes them.
   */
  public SecurityCode securityCode(byte[] digits, CardBrand brand) {
    return SecurityCode.takeOwnershipOf(digits, brand);
  }

  /** What the digits of a PAN say so far. */
  Reading ofPan(byte[] digits, int count) {
    CardBrand brand = CardBrand.decidedBy(digits, Math.min(count, digits.length)).orElse(null);
    if (count > 0 && digits[0] == '0') {
      return Reading.hopeless(Reason.NUMBER_INVALID, Pan.MAX_LENGTH);
    }
    if (brand == null) {
      return Reading.incomplete(Reason.LENGTH_INVALID, usualLength(CardBrand.UNKNOWN, count));
    }
    if (!accepts(brand)) {
      return Reading.hopeless(Reason.BRAND_NOT_ACCEPTED, usualLength(brand, count)).of(brand);
    }
    return ofPan(digits, count, brand).of(brand);
  }

  private Reading ofPan(byte[] digits, int count, CardBrand brand) {
    int wanted = usualLength(brand, count);
    boolean mayGrow = lengths(brand).stream().anyMatch(length -> length > count);
    if (!lengths(brand).contains(count)) {
      return new Reading(Reason.LENGTH_INVALID, mayGrow, false, wanted, null, null);
    }
    if (testCardsOnly && !PublishedTestCards.contains(digits, count)) {
      return new Reading(Reason.NUMBER_INVALID, mayGrow, false, wanted, null, null);
    }
    if (Luhn.holds(digits, 0, count)) {
      return Reading.complete(mayGrow, wanted);
    }
    // A shorter number that is on its way to its usual length fails Luhn nine times in ten.
    Reason warning = count >= wanted ? Reason.LUHN_FAILED : null;
    boolean excused = luhn.excuses(digits, count, brand);
    return new Reading(excused ? null : Reason.LUHN_FAILED, mayGrow, false, wanted, warning, null);
  }

  private static Set<Integer> lengths(CardBrand brand) {
    if (brand != CardBrand.UNKNOWN) {
      return brand.lengths();
    }
    Set<Integer> any = new TreeSet<>();
    for (int length = Pan.MIN_LENGTH; length <= Pan.MAX_LENGTH; length++) {
      any.add(length);
    }
    return any;
  }

  /** 16 digits or what comes nearest below; once that is passed, the next legal length. */
  private static int usualLength(CardBrand brand, int count) {
    Set<Integer> legal = lengths(brand);
    int usual = legal.stream().filter(length -> length <= 16).reduce(0, Math::max);
    return legal.stream()
        .filter(length -> length >= Math.max(usual, count))
        .reduce(Math::min)
        .orElseGet(() -> legal.stream().reduce(0, Math::max));
  }

  /** What the digits of an expiry, MMYY, say so far. */
  static Reading ofExpiry(DigitBuffer digits, YearMonth now) {
    int wanted = Field.EXPIRY.longest();
    if (digits.count() < wanted) {
      return Reading.incomplete(Reason.EXPIRY_INVALID, wanted);
    }
    int month = digits.number(0, 2);
    if (digits.overflows() || month < 1 || month > 12) {
      return Reading.hopeless(Reason.EXPIRY_INVALID, wanted);
    }
    YearMonth through = YearMonth.of(CENTURY + digits.number(2, 2), month);
    if (through.isBefore(now)) {
      return Reading.hopeless(Reason.CARD_EXPIRED, wanted);
    }
    return through.isAfter(now.plusYears(CardExpiry.MAX_YEARS_AHEAD))
        ? Reading.hopeless(Reason.EXPIRY_INVALID, wanted)
        : Reading.complete(false, wanted);
  }

  /** What the digits of a security code say so far, on a card of {@code brand}. */
  static Reading ofSecurityCode(DigitBuffer digits, CardBrand brand) {
    Set<Integer> legal = brand.codeLengths();
    int longest = legal.stream().reduce(0, Math::max);
    boolean mayGrow = digits.count() < longest;
    return legal.contains(digits.count())
        ? Reading.complete(mayGrow, longest)
        : new Reading(Reason.LENGTH_INVALID, mayGrow, false, longest, null, null);
  }

  /** What the digits of a postal code say so far. */
  static Reading ofPostalCode(DigitBuffer digits) {
    int longest = Field.POSTAL_CODE.longest();
    boolean legal = !digits.isEmpty() && !digits.overflows();
    return legal
        ? Reading.complete(digits.count() < longest, longest)
        : new Reading(Reason.LENGTH_INVALID, digits.isEmpty(), false, longest, null, null);
  }

  /** The expiry that a complete entry of four digits is. */
  static CardExpiry expiry(DigitBuffer digits) {
    return new CardExpiry(digits.number(0, 2), CENTURY + digits.number(2, 2));
  }
}
