package dev.cardvault.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.card.Luhn;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for every token, over some two million draws; left out of mutation tests. */
class TokenMintPropertiesTest {

  private static final int DRAWS = 1_000;

  private final TokenMint mint = new TokenMint(new SecureRandom());

  /** Every format and length comes up some forty times. */
  @Property(tries = 2_000)
  void noTokenCanEverBeACard(
      @ForAll TokenFormat format,
      @ForAll @IntRange(min = Pan.MIN_LENGTH, max = Pan.MAX_LENGTH) int length,
      @ForAll long seed) {
    if (format == TokenFormat.FF1 || !isSafe(format, length)) {
      return;
    }
    String number = Cards.number(length, new SplittableRandom(seed));
    try (Pan pan = Cards.pan(number)) {
      for (int i = 0; i < DRAWS; i++) {
        String text = mint.draw(format, pan).text();
        assertFalse(canBeACard(text), "a card could look like this");
        assertFalse(text.equals(number));
        assertTrue(TokenRule.of(format).matches(text));
        if (format != TokenFormat.OPAQUE) {
          assertEquals(length, text.length());
          assertEquals(number.substring(length - 4), text.substring(length - 4));
          assertEquals(
              number.substring(0, format.binDigits()), text.substring(0, format.binDigits()));
        }
      }
    }
  }

  @Property(tries = 2_000)
  void noFf1TokenCanEverBeACard(
      @ForAll @IntRange(min = Pan.MIN_LENGTH, max = Pan.MAX_LENGTH) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Whatever a cipher gives, and FF1 gives any digits.
    Ff1Cipher.Direction any =
        (tweak, digits) -> {
          byte[] out = new byte[digits.length];
          for (int i = 0; i < out.length; i++) {
            out[i] = (byte) random.nextInt(10);
          }
          return out;
        };
    Ff1Tokens tokens = new Ff1Tokens(new Ff1Cipher(1, any, any), new UUID(1, 1), new UUID(1, 2));
    for (int i = 0; i < 100; i++) {
      String number = Cards.number(length, random);
      try (Pan pan = Cards.pan(number)) {
        String text = tokens.tokenOf(pan).text();
        assertFalse(canBeACard(text));
        assertEquals(length, text.length());
        assertEquals(number.substring(length - 4), text.substring(length - 4));
      }
    }
  }

  // Said anew, without the code under test but Luhn: digits that begin with a digit issuers have,
  // and pass.
  private static boolean canBeACard(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9')
        && text.charAt(0) != '0'
        && Luhn.holds(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isSafe(TokenFormat format, int length) {
    try {
      format.checkFor(length);
      return true;
    } catch (ProblemException unsafe) {
      return false;
    }
  }
}
