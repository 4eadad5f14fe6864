package dev.cardvault.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.cardvault.ops.ExitCode;
import dev.cardvault.ops.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Postgres data folder and the server on it. Whoever calls holds the {@link DataLock}: a server
 * found running here that this process did not start is an orphan of a killed one.
 */
final class Cluster {

  static final String USER = "cardvault";
  static final String DATABASE = "cardvault";

  // A killed postmaster's backends need a moment to notice, and a new one refuses to start before.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  // fsync, synchronous_commit and full_page_writes stay on: what was acknowledged is kept.
  private static final String CONFIGURATION =
      """
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      max_connections = 64
      max_wal_size = '4GB'
      checkpoint_timeout = '15min'
      timezone = 'UTC'
      log_timezone = 'UTC'
      log_min_messages = warning
      log_checkpoints = off
      """;

  private final Path folder;
  private final Path log;
  private final Programs programs;

  Cluster(Path folder, Path log, Programs programs) {
    this.folder = folder;
    this.log = log;
    this.programs = programs;
  }

  /** Makes the folder with an empty database, if it is not there; whole or not at all. */
  void create(Path passwordFile) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path half = Files.createTempDirectory(folder.getParent(), ".initdb");
    programs.run(
        "initdb",
        List.of(
            "--pgdata=" + half,
            "--username=" + USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C"));
    programs.runWithInput(
        "postgres",
        List.of("--single", "-D", half.toString(), "postgres"),
        "CREATE DATABASE " + DATABASE + "\n");
    Files.move(half, folder, ATOMIC_MOVE);
  }

  /** The server's port, if it runs. */
  Optional<Integer> runningPort() {
    return server().map(Postmaster::port);
  }

  /** Starts the server, ending an orphan first. */
  int start() throws IOException {
    if (server().isPresent()) {
      programs.run("pg_ctl", stopping("fast"));
    }
    Postmaster.removeIfStale(folder);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      int port = freePort();
      Files.writeString(folder.resolve("postgresql.conf"), CONFIGURATION.formatted(port));
      try {
        programs.run(
            "pg_ctl",
            List.of(
                "start",
                "--wait",
                "--timeout=30",
                "--silent",
                "-D",
                folder.toString(),
                "-l",
                log.toString()));
        return port;
      } catch (StartRefused failed) {
        if (Instant.now().isAfter(deadline)) {
          throw new StartRefused(
              ExitCode.FAILED, "The embedded Postgres does not start; %s says why.".formatted(log));
        }
      }
    }
  }

  /** What stops the server: gently while somebody is connected, then without asking. */
  List<List<String>> stopCommands() {
    List<List<String>> commands = new ArrayList<>();
    for (String mode : List.of("smart", "fast", "immediate")) {
      commands.add(programs.command("pg_ctl", stopping(mode)));
    }
    return commands;
  }

  private List<String> stopping(String mode) {
    String seconds = mode.equals("smart") ? "3" : "20";
    return List.of(
        "stop",
        "--wait",
        "--silent",
        "--timeout=" + seconds,
        "--mode=" + mode,
        "-D",
        folder.toString());
  }

  private Optional<Postmaster> server() {
    return Postmaster.of(folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
