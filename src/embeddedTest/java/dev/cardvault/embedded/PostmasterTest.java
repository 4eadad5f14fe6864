package dev.cardvault.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostmasterTest {

  @TempDir Path folder;

  @Test
  void findsNoneWithoutItsFile() {
    assertEquals(Optional.empty(), Postmaster.of(folder));
  }

  @Test
  void removesTheFileWhenItsNumberBelongsToSomebodyElse() throws IOException {
    Path file = write(ProcessHandle.current().pid());

    Postmaster.removeIfStale(folder);

    assertFalse(Files.exists(file));
  }

  @Test
  void leavesADeadProcessToPostgresOwnChecks() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertEquals(0, dead.waitFor());
    Path file = write(dead.pid());

    Postmaster.removeIfStale(folder);

    assertTrue(Files.exists(file));
    assertEquals(Optional.empty(), Postmaster.of(folder));
  }

  @Test
  void takesNoUnrelatedProcessForTheServer() throws IOException {
    Path file = write(ProcessHandle.current().pid());

    assertEquals(Optional.empty(), Postmaster.of(folder));
    assertTrue(Files.exists(file));
  }

  private Path write(long pid) throws IOException {
    return Files.writeString(
        folder.resolve("postmaster.pid"), pid + "\n" + folder + "\n0\n5432\n\n127.0.0.1\n");
  }
}
