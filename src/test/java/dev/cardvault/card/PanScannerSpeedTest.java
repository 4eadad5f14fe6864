package dev.cardvault.card;

import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That time grows with the text and no faster; left out of mutation tests. */
class PanScannerSpeedTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "1 ", "11111111 ", "1234-", "a", "--------", "4242424242424241 "})
  void readsTenMegabytesInSecondsWhateverTheyAre(String unit) {
    String text = unit.repeat(10_000_000 / unit.length());
    assertTimeout(Duration.ofSeconds(20), () -> PanScanner.LUHN_NUMBERS.mask(text));
  }
}
