package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Far more clients than one node can serve. Its speed under that is for bench/run to measure. */
final class OverloadIT {

  @Test
  @FaultCase(54)
  @Promise({"P1", "P2", "P6", "P7"})
  void shedsWhatItCannotServeAndRecovers() {
    History history = new History();
    try (Stage stage = Stage.own().start()) {
      try (Load load = Load.start(history, List.of(stage.client()), 2_000, 300, 54)) {
        Eventually.await(
            "20,000 calls under overload",
            Duration.ofSeconds(60),
            () -> history.calls().count() > 20_000);
        assertEquals(200, stage.node().health("live"));
        load.stop();
      }
      List<Call> calls = history.calls().toList();
      long served = calls.stream().filter(Call::acknowledged).count();
      assertTrue(served >= calls.size() / 4, history.summary());
      Answer after = stage.client().tokenize(Cards.number(54)).join();
      assertTrue(after.succeeded() && after.millis() < 1_000, after.toString());
      stage.check(history).verify();
    }
  }
}
