package dev.cardvault.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.card.CardBrand;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules as platforms meet them that hand over whole values. */
class FieldRulesTest {

  private static ProblemCode refusal(FieldRules rules, String digits) {
    byte[] bytes = Keypad.ascii(digits);
    ProblemException refused = assertThrows(ProblemException.class, () -> rules.pan(bytes));
    assertArrayEquals(new byte[digits.length()], bytes, "what is refused is wiped");
    return refused.code();
  }

  @Test
  void takeACard() {
    try (Pan pan = FieldRules.ALL_BRANDS.pan(Keypad.ascii("4111111111111111"))) {
      assertEquals(CardBrand.VISA, pan.brand());
    }
    assertEquals(new CardExpiry(11, 2026), FieldRules.ALL_BRANDS.expiry(11, 26, Keypad.NOW));
    assertEquals(new CardExpiry(1, 2027), FieldRules.ALL_BRANDS.expiry(1, 2027, Keypad.NOW));
  }

  @Test
  void refuseANumber() {
    assertEquals(ProblemCode.LUHN_FAILED, refusal(FieldRules.ALL_BRANDS, "4111111111111112"));
    assertEquals(
        ProblemCode.BRAND_NOT_ACCEPTED, refusal(Keypad.brands(CardBrand.AMEX), "4111111111111111"));
    assertEquals(ProblemCode.LENGTH_INVALID, refusal(FieldRules.ALL_BRANDS, "4111"));
  }

  @Test
  void refuseAnExpiry() {
    assertThrows(ProblemException.class, () -> FieldRules.ALL_BRANDS.expiry(13, 27, Keypad.NOW));
    assertThrows(ProblemException.class, () -> FieldRules.ALL_BRANDS.expiry(10, 26, Keypad.NOW));
  }

  @Test
  void excuseSingleNumbersFromTheirCheckDigit() {
    LuhnPolicy one = (digits, length, brand) -> length == 16 && digits[15] == '4';
    FieldRules rules = new FieldRules(Set.of(), one);
    try (Pan pan = rules.pan(Keypad.ascii("3065930009020004"))) {
      assertEquals(CardBrand.UNKNOWN, pan.brand());
    }
    assertEquals(ProblemCode.LUHN_FAILED, refusal(rules, "4111111111111112"));
  }

  @Test
  void takePublishedTestCardsAloneWhereASystemIsTriedOut() {
    FieldRules rules = FieldRules.ALL_BRANDS.forTestCardsOnly();
    rules.pan(Keypad.ascii("4111111111111111")).close();
    assertEquals(ProblemCode.TEST_CARD_REQUIRED, refusal(rules, "4000010000000001"));
    assertEquals(Reason.NUMBER_INVALID, rules.ofPan(Keypad.ascii("4000010000000001"), 16).fault());
    assertNull(rules.ofPan(Keypad.ascii("4111111111111111"), 16).fault());
  }
}
