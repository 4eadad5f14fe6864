package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proven audit log, its sequencer killed, frozen and lied to. */
final class AuditLogIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int CLIENTS = 32;

  /** How long the sequencer is killed again and again; the long run takes a minute. */
  private static final long KILLING =
      TimeUnit.SECONDS.toNanos(Long.getLong("cardvault.test.sequencer-kills", 10));

  @TempDir private Path temp;

  @Test
  @FaultCase({20, 25})
  @Promise({"P2", "P4"})
  void oneTreeAndNoGapWhileTheSequencerIsKilledUnderThirtyTwoClients() {
    SplittableRandom random = new SplittableRandom(52);
    History history = new History();
    try (Stage stage = Stage.own().nodes(3).start()) {
      List<ServiceNode> nodes =
          new CopyOnWriteArrayList<>(List.of(stage.node(0), stage.node(1), stage.node(2)));
      AtomicInteger turns = new AtomicInteger();
      VaultClient client =
          stage
              .client()
              .at(
                  () -> {
                    ServiceNode[] now = nodes.toArray(ServiceNode[]::new);
                    return now[turns.getAndIncrement() % now.length].api();
                  });
      int kills = 0;
      try (Load load = Load.start(history, List.of(client), CLIENTS, 500, 52)) {
        long end = System.nanoTime() + KILLING;
        while (System.nanoTime() - end < 0 || kills < 2) {
          int until = history.acknowledgedSoFar() + 50 + random.nextInt(400);
          Eventually.await(until + " calls", SOON, () -> history.acknowledgedSoFar() >= until);
          ServiceNode sequencer = sequencing(nodes);
          sequencer.kill();
          nodes.remove(sequencer);
          kills++;
          nodes.add(stage.startNode());
        }
        load.stop();
      }
      assertOneTree(stage);
      stage.check(history, client).verify();
    }
  }

  @Test
  @FaultCase(26)
  @Promise("P4")
  void aSequencerThatWasFrozenThroughItsTurnForksNothing() {
    History history = new History();
    try (Stage stage = Stage.own().nodes(2).start()) {
      List<ServiceNode> nodes = List.of(stage.node(0), stage.node(1));
      ServiceNode frozen = sequencing(nodes);
      ServiceNode other = nodes.get(nodes.indexOf(frozen) == 0 ? 1 : 0);
      VaultClient client = stage.client().at(other::api);
      try (Load load = Load.start(history, List.of(client), 8, 200, 26)) {
        Eventually.await("calls", SOON, () -> history.acknowledgedSoFar() > 100);
        String epoch = Sql.ask(stage.database(), "SELECT epoch FROM audit_state");
        frozen.freeze();
        try {
          Eventually.await("the other's turn", SOON, () -> isSequencing(other));
          int until = history.acknowledgedSoFar() + 200;
          Eventually.await("calls", SOON, () -> history.acknowledgedSoFar() >= until);
        } finally {
          frozen.thaw();
        }
        Eventually.await("it noticed", SOON, () -> !isSequencing(frozen));
        assertEquals(
            Long.parseLong(epoch) + 1,
            Long.parseLong(Sql.ask(stage.database(), "SELECT epoch FROM audit_state")));
        load.stop();
      }
      assertOneTree(stage);
    }
  }

  @Test
  @FaultCase(28)
  @Promise("P4")
  void yesterdaysBackupIsFoundByTheAnchorAndNotServed() throws IOException {
    Path anchor = temp.resolve("anchor");
    TestDatabase yesterday;
    Stage.Builder anchored =
        Stage.own()
            .env("CARDVAULT_AUDIT_ANCHOR_FILE", anchor.toString())
            .env("CARDVAULT_AUDIT_ANCHOR_EVERY", "200ms");
    try (Stage stage = anchored.start()) {
      stage.client().tokenize(Cards.number(28)).join();
      awaitSequenced(stage);
      stage.node().kill();
      yesterday = stage.world().copyOf(stage.database());
      stage.startNode();
      VaultClient client = stage.client().at(() -> stage.node(1).api());
      client.tokenize(Cards.number(29)).join();
      awaitSequenced(stage);
      long size = Long.parseLong(Sql.ask(stage.database(), "SELECT size FROM audit_state"));
      Eventually.await("anchored", SOON, () -> read(anchor).contains("\n" + size + "\n"));
    }
    Stage.Builder restored =
        Stage.own().on(yesterday).nodes(0).env("CARDVAULT_AUDIT_ANCHOR_FILE", anchor.toString());
    try (Stage stage = restored.start()) {
      ServiceNode node = stage.startUnreadyNode();
      Eventually.await("it refuses", SOON, () -> node.log().contains("contradicts itself"));
      assertEquals(503, node.health("ready"));
      VaultClient client = new VaultClient(node::api, stage.credentials());
      assertEquals(503, client.requestToken("ivr").status(), "nobody even logs in");
      node.kill();
      ExportedLog.Said said = ExportedLog.of(stage).verify(anchor);
      assertEquals(1, said.status(), said.text());
      assertTrue(said.text().contains("the leaf is missing: the anchor anchor"), said.text());
    }
  }

  private static void assertOneTree(Stage stage) {
    awaitSequenced(stage);
    ExportedLog.Said said = ExportedLog.of(stage).verify();
    assertEquals(0, said.status(), said.text());
    assertEquals(
        Sql.ask(stage.database(), "SELECT count(*) FROM audit_event"),
        Sql.ask(
            stage.database(),
            "SELECT count(*) FROM audit_event e JOIN audit_leaf l ON l.event_id = e.id"));
    assertEquals(
        Sql.ask(stage.database(), "SELECT count(*) FROM audit_leaf"),
        Sql.ask(stage.database(), "SELECT 1 + max(idx) FROM audit_leaf"));
  }

  /** Waits until every event has a leaf, and a checkpoint covers all. */
  private static void awaitSequenced(Stage stage) {
    Eventually.await(
        "all is sequenced and signed",
        SOON,
        () ->
            Sql.ask(
                    stage.database(),
                    """
                    SELECT NOT EXISTS (SELECT FROM audit_event e WHERE NOT EXISTS (
                        SELECT FROM audit_leaf l WHERE l.event_id = e.id AND l.tenant_id = e.tenant_id))
                      AND (SELECT max(size) FROM audit_checkpoint) = (SELECT size FROM audit_state)
                    """)
                .equals("t"));
  }

  private static ServiceNode sequencing(List<ServiceNode> nodes) {
    ServiceNode[] found = new ServiceNode[1];
    Eventually.await(
        "a node sequences",
        SOON,
        () -> {
          for (ServiceNode node : nodes) {
            if (node.isAlive() && isSequencing(node)) {
              found[0] = node;
            }
          }
          return found[0] != null;
        });
    return Objects.requireNonNull(found[0]);
  }

  private static boolean isSequencing(ServiceNode node) {
    return node.metric("cardvault_audit_sequencing") == 1;
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
