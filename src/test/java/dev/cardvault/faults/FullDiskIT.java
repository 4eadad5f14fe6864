package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postgres has no room left, on a file system of its own and of fixed size. Needs root. */
final class FullDiskIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path mount;
  private boolean mounted;

  @BeforeEach
  void mountSmallFileSystem() {
    try {
      World.run("mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", mount.toString());
      mounted = true;
    } catch (IllegalStateException refused) {
      System.err.println("SKIPPED: tests of a full disk, for want of the right to mount one");
      Assumptions.abort("may not mount");
    }
  }

  @AfterEach
  void unmount() {
    if (mounted) {
      World.run("umount", "-l", mount.toString());
    }
  }

  @Test
  @FaultCase(12)
  @Promise({"P1", "P2", "P6", "P7"})
  void refusesWhileTheTablesHaveNoRoomAndResumesAfter() throws IOException {
    History history = new History();
    try (Stage stage = Stage.own().start()) {
      stage.database().execute("CREATE TABLESPACE small LOCATION '" + mount + "'");
      stage.database().execute("ALTER TABLE token SET TABLESPACE small");
      stage.database().execute("ALTER INDEX token_text SET TABLESPACE small");
      try (Load load = Load.start(history, List.of(stage.client()), 16, 100_000, 12)) {
        Path ballast = fill(0);
        awaitRefusals(history);
        Files.delete(ballast);
        awaitService(stage);
        load.stop();
      }
      stage.check(history).verify();
      stage.close();
      stage.world().drop(stage.database());
      stage.world().postgresDatabase().execute("DROP TABLESPACE small");
    }
  }

  @Test
  @FaultCase(12)
  @Promise({"P1", "P2", "P6", "P7"})
  void losesNothingWhenTheLogHasNoRoomAndResumesAfter() throws IOException {
    History history = new History();
    World world = World.get();
    Runnable moveBack = world.moveWalTo(mount);
    Path ballast = mount.resolve("ballast");
    try (Stage stage = Stage.own().start()) {
      try (Load load = Load.start(history, List.of(stage.client()), 16, 1_000, 121)) {
        Eventually.await("tokens", LIMIT, () -> history.tokens().size() > 100);
        fill(8 << 20);
        world.burnWal();
        awaitRefusals(history);
        Files.delete(ballast);
        // It gave up (PANIC), and may have failed to start again while there was no room.
        world.restartPostgres();
        awaitService(stage);
        load.stop();
      }
      stage.check(history).verify();
    } finally {
      Files.deleteIfExists(ballast);
      moveBack.run();
    }
  }

  private Path fill(long leave) throws IOException {
    Path ballast = mount.resolve("ballast");
    long room = mount.toFile().getUsableSpace() - leave;
    try (var out = Files.newOutputStream(ballast)) {
      byte[] block = new byte[64 << 10];
      for (long written = 0; written < room; written += block.length) {
        out.write(block);
      }
    } catch (IOException full) {
      assertTrue(leave == 0 || mount.toFile().getUsableSpace() <= leave, full.toString());
    }
    return ballast;
  }

  private static void awaitRefusals(History history) {
    long before = refusals(history);
    Eventually.await("refusals", LIMIT, () -> refusals(history) > before + 50);
  }

  private static long refusals(History history) {
    return history.calls().filter(c -> c.answer().status() == 503).count();
  }

  private static void awaitService(Stage stage) {
    Eventually.await(
        "service",
        Duration.ofSeconds(10),
        () -> stage.client().tokenize(Cards.number(12)).join().succeeded());
    assertEquals(200, stage.node().health("live"));
  }
}
