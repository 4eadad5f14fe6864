package dev.cardvault.faults;

import dev.cardvault.testing.Credentials;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * What all stages stand on: one durable Postgres and one real key server a JVM, and in them two
 * tenants made by the shipped {@code bootstrap} command, once. Who breaks one of them mends it.
 */
final class World {

  static final String TENANT = "one";
  static final String OTHER_TENANT = "two";

  private static final Duration RESTART = Duration.ofSeconds(60);
  private static final String TEMPLATE = "bootstrapped";
  private static @Nullable World instance;

  private final TestPostgres postgres;
  private final KeyServer keyServer;
  private final Path program;
  private final Credentials credentials;
  private final Credentials otherCredentials;

  private World(Path program) {
    this.program = program;
    this.postgres = TestPostgres.durable(Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
    this.keyServer = KeyServer.start(program);
    postgresDatabase().execute("CREATE DATABASE " + TEMPLATE + " TEMPLATE cardvault_template");
    ServiceNode.prepareClasses(
        ServiceNode.with().env(keyServer.environment()).env(databaseEnvironment(template().url())));
    this.credentials = bootstrap(TENANT);
    this.otherCredentials = bootstrap(OTHER_TENANT);
    // A profile that never reuses a token, in which each effect of a request can be counted.
    template()
        .execute(
            """
            INSERT INTO token_profile
              (id, tenant_id, name, format, reuse, created_at, created_by, changed_at)
            SELECT gen_random_uuid(), id, 'fresh', 'last4', false, now(), 'test', now() FROM tenant
            """);
  }

  /** The one there is. Skips the test, loudly, where no real key server can be had. */
  static synchronized World get() {
    if (instance == null) {
      Path program = KeyServer.program().orElse(null);
      if (program == null) {
        System.err.println(
            "SKIPPED: tests of faults, for want of a real key server (go builds one from"
                + " tools/key-server)");
      }
      Assumptions.assumeTrue(program != null, "no real key server");
      instance = new World(java.util.Objects.requireNonNull(program));
    }
    return instance;
  }

  TestPostgres postgres() {
    return postgres;
  }

  KeyServer keyServer() {
    return keyServer;
  }

  Credentials credentials() {
    return credentials;
  }

  Credentials otherCredentials() {
    return otherCredentials;
  }

  /** A new database with both tenants in it. */
  TestDatabase newDatabase() {
    String name = "stage_" + UUID.randomUUID().toString().replace("-", "");
    postgresDatabase().execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
    return new TestDatabase(postgres.port(), name);
  }

  /** A copy of {@code database} as it is now, to which nobody may be connected. */
  TestDatabase copyOf(TestDatabase database) {
    String name = "copy_" + UUID.randomUUID().toString().replace("-", "");
    postgresDatabase().execute("CREATE DATABASE " + name + " TEMPLATE " + database.name());
    return new TestDatabase(postgres.port(), name);
  }

  /** Another key server, with a key of that tenant's name. */
  KeyServer anotherKeyServer(String tenant) {
    KeyServer other = KeyServer.start(program);
    other.makeKeyOf(tenant);
    return other;
  }

  /** {@code pg_ctl stop -m immediate}: no goodbye, recovery at the next start. */
  void stopPostgresImmediately() {
    run("kill", "-QUIT", Long.toString(postgres.postmaster().pid()));
    postgres.postmaster().onExit().join();
    postgres.stop();
  }

  /** {@code kill -9} of one of the service's backends, for which Postgres restarts all of them. */
  void killBackendOf(TestDatabase database) {
    try (Connection witness = database.asOwner().getConnection()) {
      String pid =
          Sql.ask(
              database,
              "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                  + " AND application_name = 'cardvault' ORDER BY random() LIMIT 1");
      run("kill", "-KILL", pid);
      Eventually.await("all are cut off", RESTART, () -> !isValid(witness));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    Eventually.await("Postgres is back", RESTART, () -> !ask(database).isEmpty());
  }

  private static boolean isValid(Connection connection) {
    try {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private static String ask(TestDatabase database) {
    try {
      return Sql.ask(database, "SELECT 'back'");
    } catch (AssertionError e) {
      return "";
    }
  }

  /** Uses up the segments of the write-ahead log there are, so that new ones have to be made. */
  void burnWal() {
    try {
      for (int i = 0; i < 40; i++) {
        template().execute("SELECT pg_logical_emit_message(false, 'burn', 'x'), pg_switch_wal()");
      }
    } catch (IllegalStateException full) {
      // Which is what was wanted.
      return;
    }
  }

  void drop(TestDatabase database) {
    postgresDatabase().execute("DROP DATABASE " + database.name() + " WITH (FORCE)");
  }

  /**
   * Keeps the write-ahead log in {@code folder} from now on. Stops and starts Postgres.
   *
   * @return what undoes it, whatever state Postgres is in
   */
  Runnable moveWalTo(Path folder) {
    Path wal = Path.of(Sql.ask(template(), "SHOW data_directory"), "pg_wal");
    Path moved = folder.resolve("wal");
    postgres.stop();
    run("cp", "-a", wal.toString(), moved.toString());
    run("mv", wal.toString(), wal + ".away");
    run("ln", "-s", moved.toString(), wal.toString());
    postgres.start();
    return () -> {
      restartPostgres();
      postgres.stop();
      run("rm", wal.toString());
      run("rm", "-r", wal + ".away");
      run("cp", "-a", moved.toString(), wal.toString());
      postgres.start();
    };
  }

  /** Starts Postgres anew, whether it runs, has given up, or was never asked to stop. */
  void restartPostgres() {
    try {
      postgres.kill();
    } catch (RuntimeException gone) {
      postgres.stop();
    }
    postgres.start();
  }

  /** Runs a command and waits for its success. */
  static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output);
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // A busy machine may make the key server miss its time-out; the command may be run again.
  private Credentials bootstrap(String tenant) {
    for (int attempt = 1; ; attempt++) {
      try (ServiceNode command =
          ServiceNode.with()
              .env(keyServer.bootstrapEnvironment())
              .env(databaseEnvironment(template().url()))
              .arguments("bootstrap", "--tenant", tenant)
              .launch()) {
        int code = command.awaitExit(Duration.ofSeconds(60));
        if (code == 0) {
          return Credentials.ofJson(command.log());
        }
        if (attempt == 5) {
          throw new AssertionError("bootstrap ended with " + code + "\n" + command.errors());
        }
      }
    }
  }

  static Map<String, String> databaseEnvironment(String url) {
    return Map.of(
        "CARDVAULT_DB_URL",
        url,
        "CARDVAULT_DB_USER",
        TestDatabase.USER,
        "CARDVAULT_DB_PASSWORD",
        "not-asked-for-on-localhost");
  }

  private TestDatabase template() {
    return new TestDatabase(postgres.port(), TEMPLATE);
  }

  TestDatabase postgresDatabase() {
    return new TestDatabase(postgres.port(), "postgres");
  }
}
