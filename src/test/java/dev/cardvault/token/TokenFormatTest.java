package dev.cardvault.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenFormatTest {

  @Test
  void hasALowerCaseCode() {
    assertEquals("bin6_last4", TokenFormat.BIN6_LAST4.code());
    assertEquals(Optional.of(TokenFormat.FF1), TokenFormat.ofCode("ff1"));
    assertEquals(Optional.empty(), TokenFormat.ofCode("FF1"));
  }

  @ParameterizedTest
  @CsvSource({
    "LAST4, 16, 90000000000, 100000000000",
    "LAST4, 12, 9000000, 10000000",
    "BIN6_LAST4, 16, 900000, 100000",
    "BIN6_LAST4, 14, 9000, 1000",
    "BIN8_LAST4, 16, 9000, 1000",
    "BIN8_LAST4, 19, 9000000, 1000000",
    "LUHN_VALID, 16, 10000000000, 100000000000",
    "ALPHANUMERIC, 14, 1669616, 1000",
    "OPAQUE, 16, 1361129467683753853853498429727072845824, 1000000000000000",
    "FF1, 16, 100000000000, 100000000000",
    "FF1, 12, 10000000, 10000000"
  })
  void tellsHowManyTokensAndCardsFitWhatIsKept(
      TokenFormat format, int length, BigInteger tokens, BigInteger pans) {
    assertEquals(new GuessOdds(format, length, tokens, pans), GuessOdds.of(format, length));
  }

  @Test
  void tellsTheOddsInWords() {
    assertEquals(
        "Somebody who knows the digits that a token of a 16-digit card keeps guesses the token with"
            + " odds of 1 in 9000, and the card number with odds of 1 in 1000",
        GuessOdds.of(TokenFormat.BIN8_LAST4, 16).sentence());
  }

  @ParameterizedTest
  @CsvSource({"BIN6_LAST4, 13", "ALPHANUMERIC, 13", "BIN8_LAST4, 15", "BIN8_LAST4, 12"})
  void isUnsafeWhereATokenWouldHideLessThanFourDigits(TokenFormat format, int length) {
    for (var use :
        List.<Executable>of(
            () -> format.checkFor(length), () -> format.space(length), () -> format.pans(length))) {
      var refusal = assertThrows(ProblemException.class, use);
      assertEquals(ProblemCode.UNSAFE_FORMAT, refusal.code());
      assertTrue(refusal.detail().contains("but " + (length - format.binDigits() - 4) + " of"));
    }
    assertDoesNotThrow(() -> format.checkFor(format.binDigits() + 8));
  }

  @ParameterizedTest
  @EnumSource(TokenFormat.class)
  void isForCardsOfTwelveToNineteenDigits(TokenFormat format) {
    assertThrows(IllegalArgumentException.class, () -> format.checkFor(11));
    assertThrows(IllegalArgumentException.class, () -> format.checkFor(20));
    assertDoesNotThrow(() -> format.checkFor(19));
  }

  @Test
  void isRandomButForFf1() {
    for (TokenFormat format : TokenFormat.values()) {
      assertEquals(format != TokenFormat.FF1, format.random());
    }
  }
}
