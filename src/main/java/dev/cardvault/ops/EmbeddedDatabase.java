package dev.cardvault.ops;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A database server that this process brings along. It stands behind an interface because native
 * and container builds are made without one.
 */
public interface EmbeddedDatabase {

  /** The one in this build; none in a native or container build. */
  static Optional<EmbeddedDatabase> inThisBuild() {
    return ServiceLoader.load(EmbeddedDatabase.class).findFirst();
  }

  /**
   * Starts the server that keeps its rows under {@code data}, or takes over the one this process
   * started before (dev mode restarts the service, not the process). The server is stopped when the
   * process ends.
   *
   * @param data an absolute path; made if it is not there
   * @param serviceEnded returns once the service needs no database any more; asked at the end
   * @throws StartRefused when another process uses {@code data}, or the server does not start
   */
  Address start(Path data, Runnable serviceEnded);

  /**
   * Where the server listens, and how to get in.
   *
   * @param jdbcUrl on a loopback address
   * @param user the owner of the database
   * @param password drawn at random when {@code data} was new
   */
  record Address(String jdbcUrl, String user, String password) {

    @Override
    public String toString() {
      return "Address[" + jdbcUrl + "]";
    }
  }
}
