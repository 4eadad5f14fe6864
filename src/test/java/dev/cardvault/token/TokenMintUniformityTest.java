package dev.cardvault.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.card.Pan;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every token of a format is drawn equally often: Pearson's chi-square with fixed seeds, refused at
 * six standard deviations. Left out of mutation tests for its length.
 */
class TokenMintUniformityTest {

  private static final String VISA = "4242424242424242";

  @ParameterizedTest
  @CsvSource({"LAST4, 1", "BIN6_LAST4, 6", "BIN8_LAST4, 8", "LUHN_VALID, 1", "ALPHANUMERIC, 6"})
  void drawsEveryCharacterEquallyOftenAtEachPlace(TokenFormat format, int head) {
    int draws = 200_000;
    TokenMint mint = new TokenMint(new SeededRandom(head));
    int[][] counts = new int[12][128];
    try (Pan pan = Cards.pan(VISA)) {
      for (int i = 0; i < draws; i++) {
        String text = mint.draw(format, pan).text();
        for (int place = head; place < 12; place++) {
          counts[place][text.charAt(place)]++;
        }
      }
    }
    for (int place = head; place < 12; place++) {
      if (format == TokenFormat.ALPHANUMERIC) {
        // The ten digits are a little rarer than the capitals: all-digit texts are refused.
        assertUniform(Arrays.copyOfRange(counts[place], '0', '9' + 1));
        assertUniform(Arrays.copyOfRange(counts[place], 'A', 'Z' + 1));
      } else {
        assertUniform(Arrays.copyOfRange(counts[place], '0', '9' + 1));
      }
    }
  }

  @Test
  void drawsEveryTokenOfASmallSpaceEquallyOften() {
    TokenMint mint = new TokenMint(new SeededRandom(1));
    Map<Token, Integer> counts = new HashMap<>();
    try (Pan pan = Cards.pan(VISA)) {
      for (int i = 0; i < 9_000 * 50; i++) {
        counts.merge(mint.draw(TokenFormat.BIN8_LAST4, pan), 1, Integer::sum);
      }
    }
    assertEquals(TokenFormat.BIN8_LAST4.space(16).intValueExact(), counts.size());
    assertUniform(counts.values().stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void drawsEveryCharacterOfOpaqueTokensEquallyOften() {
    TokenMint mint = new TokenMint(new SeededRandom(2));
    int[] counts = new int[128];
    try (Pan pan = Cards.pan(VISA)) {
      for (int i = 0; i < 50_000; i++) {
        mint.draw(TokenFormat.OPAQUE, pan).text().substring(4).chars().forEach(c -> counts[c]++);
      }
    }
    assertUniform(Arrays.stream(counts).filter(n -> n > 0).toArray());
    assertEquals(32, Arrays.stream(counts).filter(n -> n > 0).count());
  }

  private static void assertUniform(int[] counts) {
    double expected = Arrays.stream(counts).average().orElseThrow();
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - expected) * (count - expected) / expected;
    }
    int freedom = counts.length - 1;
    double limit = freedom + 6 * Math.sqrt(2.0 * freedom);
    assertTrue(chiSquare < limit, "chi-square " + chiSquare + " with " + freedom + " of freedom");
  }
}
