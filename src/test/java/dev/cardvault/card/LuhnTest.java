package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LuhnTest {

  @ParameterizedTest
  @MethodSource("dev.cardvault.card.TestPans#all")
  void holdsForEveryPublishedNumberAndForNoneWithOneDigitChanged(TestPans.Published published) {
    byte[] digits = published.bytes();
    assertTrue(Luhn.holds(digits));
    for (int i = 0; i < digits.length; i++) {
      byte right = digits[i];
      for (byte wrong = '0'; wrong <= '9'; wrong++) {
        digits[i] = wrong;
        assertEquals(wrong == right, Luhn.holds(digits));
      }
      digits[i] = right;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.cardvault.card.TestPans#all")
  void tellsTheMissingDigitWhereverItIsMissing(TestPans.Published published) {
    byte[] digits = published.bytes();
    for (int i = 0; i < digits.length; i++) {
      byte missing = digits[i];
      digits[i] = '?';
      assertEquals(missing, Luhn.missingDigit(digits, i));
      digits[i] = missing;
    }
  }

  @Test
  void looksAtThePartItIsGiven() {
    byte[] text = "9942424242424242429".getBytes(StandardCharsets.US_ASCII);
    assertTrue(Luhn.holds(text, 2, 18));
    assertFalse(Luhn.holds(text, 0, 17));
  }
}
