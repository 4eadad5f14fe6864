package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityCodeTest {

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({"VISA, 123", "AMEX, 1234", "UNKNOWN, 123", "UNKNOWN, 1234"})
  void hasTheLengthItsBrandWants(CardBrand brand, String digits) {
    try (SecurityCode code = SecurityCode.takeOwnershipOf(ascii(digits), brand)) {
      assertEquals(digits.length(), code.length());
    }
  }

  @ParameterizedTest
  @CsvSource({"VISA, 1234", "AMEX, 123", "UNKNOWN, 12", "UNKNOWN, 12345", "VISA, 1a3"})
  void isWipedWhenItIsRefused(CardBrand brand, String digits) {
    byte[] bytes = ascii(digits);
    assertThrows(ProblemException.class, () -> SecurityCode.takeOwnershipOf(bytes, brand));
    assertArrayEquals(new byte[bytes.length], bytes);
  }

  @Test
  @RevealsPan("A test")
  void isGoneOnceItIsClosed() {
    byte[] bytes = ascii("987");
    SecurityCode code = SecurityCode.takeOwnershipOf(bytes, CardBrand.VISA);
    assertFalse(code.toString().contains("987"));
    code.close();
    assertArrayEquals(new byte[3], bytes);
    assertThrows(IllegalStateException.class, code::reveal);
  }
}
