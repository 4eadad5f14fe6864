package dev.cardvault.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The process that {@code postmaster.pid} tells of (PostgreSQL manual, 66.1: its first line is the
 * process, its fourth the port).
 *
 * @param process alive, and Postgres on that folder
 * @param port where it listens
 */
record Postmaster(ProcessHandle process, int port) {

  private static final String FILE = "postmaster.pid";

  /** The server that runs on {@code folder}, if one does. */
  static Optional<Postmaster> of(Path folder) {
    List<String> lines = lines(folder);
    if (lines.size() < 4) {
      return Optional.empty();
    }
    return process(lines)
        .filter(p -> serves(p, folder))
        .map(p -> new Postmaster(p, Integer.parseInt(lines.get(3).strip())));
  }

  /**
   * Removes the file when its number belongs to an unrelated process by now, as happens after a
   * reboot; Postgres would refuse to start. Every other case is left to Postgres' own checks.
   */
  static void removeIfStale(Path folder) throws IOException {
    boolean unrelated =
        process(lines(folder))
            .filter(p -> p.info().commandLine().isPresent() && !serves(p, folder))
            .isPresent();
    if (unrelated) {
      Files.deleteIfExists(folder.resolve(FILE));
    }
  }

  private static Optional<ProcessHandle> process(List<String> lines) {
    if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
  }

  private static boolean serves(ProcessHandle process, Path folder) {
    return process.info().commandLine().orElse("").contains(folder.toString());
  }

  private static List<String> lines(Path folder) {
    try {
      return Files.readAllLines(folder.resolve(FILE));
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
