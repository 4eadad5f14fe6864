package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardBrandTest {

  @ParameterizedTest
  @CsvSource({
    "222099, UNKNOWN",
    "222100, MASTERCARD",
    "272099, MASTERCARD",
    "272100, UNKNOWN",
    "4, VISA",
    "401178, ELO", // a longer prefix within Visa's 4
    "401177, VISA",
    "401180, VISA",
    "4011, VISA", // not long enough for Elo's
    "506698, MAESTRO",
    "506699, ELO",
    "506778, ELO",
    "506779, MAESTRO",
    "506098, MAESTRO",
    "506099, VERVE", // cut out of Maestro's range of the same length
    "508499, MAESTRO",
    "508500, RUPAY",
    "63737423, HIPER",
    "63737424, MAESTRO",
    "6373742, MAESTRO",
    "62183, MAESTRO", // between two ranges of UnionPay
    "62182, UNIONPAY",
    "9792, TROY",
    "9791, UNKNOWN",
    "0, UNKNOWN"
  })
  void isToldByTheLongestPrefix(String digits, CardBrand brand) {
    byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
    assertEquals(brand, CardBrand.of(bytes, bytes.length));
  }

  @Test
  void isToldByTheFirstDigitsAlone() {
    assertEquals(CardBrand.VISA, CardBrand.of("401178".getBytes(StandardCharsets.US_ASCII), 5));
    assertEquals(CardBrand.UNKNOWN, CardBrand.of(new byte[0], 0));
  }

  @Test
  void hasTheLengthsOfItsTable() {
    assertEquals(Set.of(13, 16, 18, 19), CardBrand.VISA.lengths());
    assertTrue(CardBrand.VISA.allowsLength(13));
    assertFalse(CardBrand.VISA.allowsLength(15));
    assertTrue(CardBrand.AMEX.allowsLength(15));
    assertFalse(CardBrand.AMEX.allowsLength(16));
  }

  @Test
  void mayHaveAnyLengthWhenUnknown() {
    assertEquals(Set.of(), CardBrand.UNKNOWN.lengths());
    assertTrue(CardBrand.UNKNOWN.allowsLength(17));
  }

  @Test
  void hasALowerCaseCode() {
    assertEquals("mastercard", CardBrand.MASTERCARD.code());
    assertEquals(Optional.of(CardBrand.JCB), CardBrand.ofCode("jcb"));
    assertEquals(Optional.empty(), CardBrand.ofCode("JCB"));
  }

  @ParameterizedTest
  @CsvSource({
    "4, ", // may become Elo
    "41, VISA",
    "40117, ",
    "401177, VISA",
    "2, ",
    "222, ",
    "2221, MASTERCARD",
    "2220, UNKNOWN",
    "34, AMEX",
    "6, ",
    "6373742, ",
    "9, ",
    "979, ",
    "1, ",
    "7, UNKNOWN"
  })
  void isDecidedOnceNoDigitCanChangeIt(String digits, @Nullable CardBrand brand) {
    byte[] bytes = digits.getBytes(StandardCharsets.US_ASCII);
    assertEquals(Optional.ofNullable(brand), CardBrand.decidedBy(bytes, bytes.length));
  }

  @Test
  void tellsHowLongItsCodesAre() {
    assertEquals(Set.of(3), CardBrand.VISA.codeLengths());
    assertEquals(Set.of(4), CardBrand.AMEX.codeLengths());
    assertEquals(Set.of(3, 4), CardBrand.UNKNOWN.codeLengths());
  }
}
