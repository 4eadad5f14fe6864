package dev.cardvault.embedded;

import dev.cardvault.ops.EmbeddedDatabase;
import dev.cardvault.ops.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Postgres 17 on a folder of this machine, reachable from this machine only, with a password drawn
 * when the folder was made. It outlives a kill of the service; the next start ends it and starts
 * its own.
 */
public final class EmbeddedPostgres implements EmbeddedDatabase {

  @Override
  public Address start(Path data, Runnable serviceEnded) {
    try {
      OwnerOnly.directory(data);
      Path folder = data.toRealPath();
      if (DataLock.isHeldHere(folder)) {
        Cluster cluster = cluster(folder);
        Optional<Integer> port = cluster.runningPort();
        return address(folder, port.isPresent() ? port.get() : cluster.start());
      }
      DataLock lock = DataLock.take(folder);
      Cluster cluster = cluster(folder);
      cluster.create(passwordFile(folder));
      Runtime.getRuntime()
          .addShutdownHook(new StopAtExit(serviceEnded, cluster.stopCommands(), lock));
      return address(folder, cluster.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Cluster cluster(Path data) {
    PostgresBinaries binaries =
        PostgresBinaries.in(data.resolve("postgres-" + PostgresBinaries.VERSION));
    Path log = data.resolve("postgres.log");
    return new Cluster(data.resolve("postgres"), log, new Programs(binaries, log));
  }

  private static Address address(Path data, int port) throws IOException {
    return new Address(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.DATABASE),
        Cluster.USER,
        Files.readString(passwordFile(data)));
  }

  private static Path passwordFile(Path data) throws IOException {
    Path file = data.resolve("postgres.password");
    if (!Files.exists(file)) {
      byte[] password = new byte[32];
      new SecureRandom().nextBytes(password);
      OwnerOnly.file(file, HexFormat.of().formatHex(password));
    }
    return file;
  }
}
