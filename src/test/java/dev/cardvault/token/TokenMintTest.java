package dev.cardvault.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.card.Luhn;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TokenMintTest {

  private static final String VISA = "4242424242424242";

  private final TokenMint mint = new TokenMint(new SeededRandom(1));

  @ParameterizedTest
  @CsvSource({
    "LAST4, 0[0-9]{11}4242",
    "BIN6_LAST4, 424242[0-9]{6}4242",
    "BIN8_LAST4, 42424242[0-9]{4}4242",
    "LUHN_VALID, 0[0-9]{11}4242",
    "ALPHANUMERIC, 424242[0-9A-Z]{6}4242",
    "OPAQUE, tok_[0-9A-HJKMNP-TV-Z]{26}"
  })
  void keepsWhatTheFormatKeepsAndTheLength(TokenFormat format, String shape) {
    try (Pan pan = Cards.pan(VISA)) {
      for (int i = 0; i < 200; i++) {
        assertTrue(mint.draw(format, pan).text().matches(shape));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = TokenFormat.class, names = "FF1", mode = EnumSource.Mode.EXCLUDE)
  void followsThePublishedRuleOfItsFormatAtEveryLength(TokenFormat format) {
    SplittableRandom numbers = new SplittableRandom(2);
    TokenRule rule = TokenRule.of(format);
    for (int length = shortest(format); length <= Pan.MAX_LENGTH; length++) {
      try (Pan pan = Cards.pan(Cards.number(length, numbers))) {
        for (int i = 0; i < 200; i++) {
          String text = mint.draw(format, pan).text();
          assertTrue(rule.matches(text));
          assertEquals(format == TokenFormat.OPAQUE ? 30 : length, text.length());
        }
      }
    }
  }

  @Test
  void passesLuhnOnlyWhereTheFormatSaysSo() {
    try (Pan pan = Cards.pan(VISA)) {
      for (int i = 0; i < 500; i++) {
        assertFalse(luhn(mint.draw(TokenFormat.LAST4, pan)));
        assertFalse(luhn(mint.draw(TokenFormat.BIN6_LAST4, pan)));
        assertTrue(luhn(mint.draw(TokenFormat.LUHN_VALID, pan)));
      }
    }
  }

  @Test
  void drawsAnotherTokenEachTime() {
    try (Pan pan = Cards.pan(VISA)) {
      assertNotEquals(mint.draw(TokenFormat.LAST4, pan), mint.draw(TokenFormat.LAST4, pan));
    }
  }

  @ParameterizedTest
  @CsvSource({"BIN6_LAST4, 13", "ALPHANUMERIC, 13", "BIN8_LAST4, 15"})
  void refusesAFormatThatWouldShowTooMuchOfAShortCard(TokenFormat format, int tooShort) {
    SplittableRandom numbers = new SplittableRandom(3);
    try (Pan pan = Cards.pan(Cards.number(tooShort, numbers));
        Pan longer = Cards.pan(Cards.number(tooShort + 1, numbers))) {
      var refusal = assertThrows(ProblemException.class, () -> mint.draw(format, pan));
      assertEquals(ProblemCode.UNSAFE_FORMAT, refusal.code());
      assertEquals(tooShort + 1, mint.draw(format, longer).text().length());
    }
  }

  @Test
  void doesNotDrawWhatIsComputed() {
    try (Pan pan = Cards.pan(VISA)) {
      assertThrows(IllegalArgumentException.class, () -> mint.draw(TokenFormat.FF1, pan));
    }
  }

  @Test
  void rejectsBytesThatWouldFavourSomeDigits() {
    // 250 is the first byte beyond the largest multiple of ten; 7 is taken.
    byte[] text = new byte[3];
    new Chance(new Repeating((byte) 250, (byte) 255, (byte) 7))
        .fill(text, 1, 3, "0123456789".getBytes(StandardCharsets.US_ASCII));
    assertEquals("\0" + "77", new String(text, StandardCharsets.US_ASCII));
  }

  @Test
  void acceptsTheLastByteBelowTheLimit() {
    byte[] text = new byte[1];
    new Chance(new Repeating((byte) 249))
        .fill(text, 0, 1, "0123456789".getBytes(StandardCharsets.US_ASCII));
    assertEquals("9", new String(text, StandardCharsets.US_ASCII));
  }

  private static int shortest(TokenFormat format) {
    return switch (format.binDigits()) {
      case 6 -> 14;
      case 8 -> 16;
      default -> Pan.MIN_LENGTH;
    };
  }

  private static boolean luhn(Token token) {
    return Luhn.holds(token.text().getBytes(StandardCharsets.US_ASCII));
  }

  /** The same few bytes over and over. */
  private static final class Repeating extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] cycle;
    private int next;

    Repeating(byte... cycle) {
      this.cycle = cycle;
    }

    @Override
    public void nextBytes(byte[] drawn) {
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = cycle[next++ % cycle.length];
      }
    }
  }
}
