package dev.cardvault.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeafTimeTest {

  @Property(tries = 500)
  void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 253_402_300_799_999L) long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    assertEquals(time, LeafTime.parse(LeafTime.text(time)));
    assertEquals(time, Instant.parse(LeafTime.text(time)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-25T08:00:00Z",
        "2026-11-25T08:00:00.12Z",
        "2026-11-25T08:00:00.1200Z",
        "2026-11-25T08:00:00.120z",
        "2026-11-25 08:00:00.120Z",
        "2026-02-30T08:00:00.120Z",
        "2026-13-25T08:00:00.120Z",
        "2026-11-25T24:00:00.120Z",
        "2026-11-25T08:60:00.120Z",
        "2026-11-25T08:00:60.120Z",
        "+026-11-25T08:00:00.120Z",
        "2026-11-25T08:00:00.1٢0Z"
      })
  void readsNothingElse(String text) {
    assertThrows(IllegalArgumentException.class, () -> LeafTime.parse(text));
  }
}
