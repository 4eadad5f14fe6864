package dev.cardvault.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/**
 * A real Postgres that lives as long as the tests. The migrations run once into a template, and
 * each test gets a copy of it.
 *
 * <p>{@link #shared} is one server a JVM, quick and not durable. A test that stops, kills or fills
 * its server starts one of its own by {@link #durable}, and closes it.
 */
public final class TestPostgres implements AutoCloseable {

  private static final String TEMPLATE = "cardvault_template";

  // Quarkus loads test classes twice, each copy with statics of its own; properties are the JVM's.
  private static final String SHARED_PORT = "dev.cardvault.testing.postgres.port";

  private static final Map<String, String> QUICK =
      Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");

  // The library starts every server with fsync and synchronous_commit off: a killed one would
  // forget what it had acknowledged.
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on");

  private final @Nullable Path directory;
  private final Map<String, String> settings;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  private TestPostgres(int port) {
    this.directory = null;
    this.settings = Map.of();
    this.port = port;
  }

  private TestPostgres(@Nullable Path directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = settings;
    EmbeddedPostgres started = launch(directory, 0, settings);
    this.server = started;
    this.port = started.getPort();
    fillTemplate();
  }

  /** The JVM's server, started when first asked for. Nobody stops it. */
  public static TestPostgres shared() {
    synchronized (System.getProperties()) {
      Integer port = Integer.getInteger(SHARED_PORT);
      if (port == null) {
        port = new TestPostgres(null, QUICK).port;
        System.setProperty(SHARED_PORT, port.toString());
      }
      return new TestPostgres(port);
    }
  }

  /**
   * A server of its own that keeps what it acknowledged, for tests of faults.
   *
   * @param settings of {@code postgresql.conf}, beyond the defaults
   */
  public static TestPostgres durable(Map<String, String> settings) {
    try {
      Map<String, String> all = new HashMap<>(DURABLE);
      all.putAll(settings);
      return new TestPostgres(Files.createTempDirectory("cardvault-postgres"), all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new database with the migrations applied and nothing in it. */
  public TestDatabase newDatabase() {
    String name = "test_" + UUID.randomUUID().toString().replace("-", "");
    administer("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return new TestDatabase(port, name);
  }

  /** Where it listens on localhost; the same after a restart. */
  public int port() {
    return port;
  }

  /** Stops it in an orderly way: open transactions are rolled back, connections closed. */
  public void stop() {
    EmbeddedPostgres running = server;
    if (running == null) {
      return;
    }
    server = null;
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills its postmaster as {@code kill -9} does; its backends end when they notice. */
  public void kill() {
    ProcessHandle postmaster = postmaster();
    postmaster.destroyForcibly();
    postmaster.onExit().join();
    stop();
  }

  /** The process that listens, for tests that freeze it. */
  public ProcessHandle postmaster() {
    try {
      String first = Files.readAllLines(ownDirectory().resolve("postmaster.pid")).get(0);
      return ProcessHandle.of(Long.parseLong(first.trim())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again after {@link #stop} or {@link #kill}, with the same data on the same port. */
  public void start() {
    if (server == null) {
      server = launch(ownDirectory(), port, settings);
    }
  }

  /** Stops it and deletes what it kept. */
  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.walk(ownDirectory())) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path ownDirectory() {
    if (directory == null) {
      throw new IllegalStateException("The shared server is not a test's to stop");
    }
    return directory;
  }

  private void fillTemplate() {
    administer("CREATE DATABASE " + TEMPLATE);
    TestDatabase template = new TestDatabase(port, TEMPLATE);
    Flyway.configure()
        .dataSource(template.asOwner())
        .placeholders(Map.of("service_user", TestDatabase.USER))
        .load()
        .migrate();
  }

  private void administer(String sql) {
    try (Connection connection =
            DriverManager.getConnection(
                new TestDatabase(port, "postgres").url(), TestDatabase.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static EmbeddedPostgres launch(
      @Nullable Path directory, int port, Map<String, String> settings) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder().setPort(port).setServerConfig("max_connections", "200");
    if (directory != null) {
      builder.setDataDirectory(directory).setCleanDataDirectory(false);
    }
    settings.forEach(builder::setServerConfig);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
