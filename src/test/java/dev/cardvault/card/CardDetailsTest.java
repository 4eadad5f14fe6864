package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expiry, holder and mask: what stands beside a PAN. */
class CardDetailsTest {

  private static final YearMonth NOW = YearMonth.of(2026, 11);

  @ParameterizedTest
  @CsvSource({"11, 2026", "12, 2026", "1, 2027", "11, 2046"})
  void takesAnExpiryFromThisMonthToTwentyYearsAhead(int month, int year) {
    assertDoesNotThrow(() -> new CardExpiry(month, year).checkAgainst(NOW));
  }

  @ParameterizedTest
  @CsvSource({"10, 2026, CARD_EXPIRED", "12, 2025, CARD_EXPIRED", "12, 2046, INVALID_FIELD"})
  void refusesAnExpiryInThePastOrBeyondBelief(int month, int year, ProblemCode code) {
    CardExpiry expiry = new CardExpiry(month, year);
    var refusal = assertThrows(ProblemException.class, () -> expiry.checkAgainst(NOW));
    assertEquals(code, refusal.code());
    assertEquals("/exp_year", refusal.errors().get(0).pointer());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2030, /exp_month",
    "13, 2030, /exp_month",
    "12, 1999, /exp_year",
    "12, 2100, /exp_year"
  })
  void refusesAMonthOrYearThatIsNone(int month, int year, String pointer) {
    var refusal = assertThrows(ProblemException.class, () -> new CardExpiry(month, year));
    assertEquals(ProblemCode.INVALID_FIELD, refusal.code());
    assertEquals(pointer, refusal.errors().get(0).pointer());
  }

  @ParameterizedTest
  @CsvSource({"1, 2000", "12, 2099"})
  void takesTheOutermostMonthsAndYears(int month, int year) {
    assertEquals(month, new CardExpiry(month, year).month());
  }

  @Test
  void aHolderNameIsReadByOneMethodAndPrintsNothing() {
    HolderName name = new HolderName("Žofie O'Neill-Łuczak");
    assertEquals("Žofie O'Neill-Łuczak", name.reveal());
    assertEquals("HolderName[redacted]", name.toString());
    assertEquals(100, new HolderName("x".repeat(100)).reveal().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\0"})
  void refusesAHolderNameThatIsNone(String text) {
    var refusal = assertThrows(ProblemException.class, () -> new HolderName(text));
    assertEquals(ProblemCode.INVALID_FIELD, refusal.code());
    assertEquals("/holder_name", refusal.errors().get(0).pointer());
  }

  @Test
  void refusesAHolderNameOfMoreThanAHundredCharacters() {
    String text = "x".repeat(101);
    assertThrows(ProblemException.class, () -> new HolderName(text));
  }

  @Test
  void refusesACardNumberAsHolderName() {
    var refusal =
        assertThrows(ProblemException.class, () -> new HolderName("J. Doe 4242 4242 4242 4242"));
    assertEquals(ProblemCode.PAN_IN_METADATA, refusal.code());
  }

  @Test
  void masksAllButTheLastFour() {
    assertEquals("••••••••••••4242", new MaskedPan(CardBrand.VISA, 16, "4242").text());
    assertEquals(12, new MaskedPan(CardBrand.UNKNOWN, 12, "4242").text().length());
    assertEquals(19, new MaskedPan(CardBrand.UNKNOWN, 19, "4242").text().length());
  }

  @ParameterizedTest
  @CsvSource({"11, 4242", "20, 4242", "16, 424", "16, 42424", "16, 424x"})
  void refusesAMaskThatShowsMoreOrLess(int length, String lastFour) {
    assertThrows(
        IllegalArgumentException.class, () -> new MaskedPan(CardBrand.VISA, length, lastFour));
  }
}
