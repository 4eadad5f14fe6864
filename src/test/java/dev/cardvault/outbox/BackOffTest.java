package dev.cardvault.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackOffTest {

  private final BackOff backOff = new BackOff(Duration.ofSeconds(1), Duration.ofMinutes(15));

  @ParameterizedTest
  @CsvSource({
    "1, 0, 500",
    "1, 1, 1000",
    "2, 0, 1000",
    "2, 1, 2000",
    "5, 0.5, 12000",
    "11, 1, 900000",
    "4000, 1, 900000",
    "4000, 0, 450000",
  })
  void doublesUpToTheLongest(int attempts, double chance, long millis) {
    assertEquals(Duration.ofMillis(millis), backOff.after(attempts, chance));
  }
}
