package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The process is killed at random, again and again. */
final class KillIT {

  private static final int KILLS = 50;
  private static final int CLIENTS = 24;
  private static final long SEED = 20;

  @Test
  @FaultCase(20)
  @Promise({"P1", "P2", "P3", "P6"})
  void keepsItsPromisesThroughFiftyKillsUnderLoad() {
    SplittableRandom random = new SplittableRandom(SEED);
    History history = new History();
    try (Stage stage = Stage.own().nodes(2).start()) {
      AtomicReference<ServiceNode> victim = new AtomicReference<>(stage.node(0));
      ServiceNode next = stage.node(1);
      VaultClient client = stage.client().at(() -> Objects.requireNonNull(victim.get()).api());
      try (Load load = Load.start(history, List.of(client), CLIENTS, 500, SEED)) {
        for (int kill = 0; kill < KILLS; kill++) {
          // Some kills find a cold node, others one at full speed.
          int until = history.acknowledgedSoFar() + 1 + random.nextInt(200);
          Eventually.await(
              until + " calls", Duration.ofSeconds(30), () -> history.acknowledgedSoFar() >= until);
          ServiceNode killed = Objects.requireNonNull(victim.get());
          next.awaitListening().awaitReady(Duration.ofSeconds(30));
          killed.kill();
          victim.set(next);
          next = stage.launchNode();
        }
        load.stop();
      }
      assertTrue(history.acknowledged(Call.Kind.DETOKENIZE).size() > KILLS, history.summary());
      stage.check(history, client).verify();
    }
  }
}
