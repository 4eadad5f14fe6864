package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.RealVault;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The command that migrates, under a role of its own, and a service that may not. */
final class MigrateIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PASSWORD = "not-asked-for-on-localhost";

  private final String suffix = UUID.randomUUID().toString().substring(0, 8);
  private final String owner = "owner_" + suffix;
  private final String login = "login_" + suffix;
  private final TestDatabase database = emptyDatabase();

  @Test
  void makesTheTablesAsTheirOwnerAndTheServiceServesWithoutThatRole() throws SQLException {
    migrate("The tables are of version");
    assertEquals(
        owner, ask("SELECT tableowner FROM pg_tables WHERE tablename = 'token'"), "the owner");
    assertEquals("1", ask("SELECT count(*) FROM pg_class WHERE relname = 'audit_event'"));

    migrate("migrations run: 0");

    RealVault vault = RealVault.shared();
    try (ServiceNode service =
        ServiceNode.with()
            .env(place())
            .env("CARDVAULT_DB_PASSWORD", PASSWORD)
            .env("QUARKUS_FLYWAY_MIGRATE_AT_START", "false")
            .env("VAULT_ADDR", vault.address())
            .env("VAULT_ROLE_ID", vault.roleId())
            .env("VAULT_SECRET_ID", vault.secretId())
            .startReady()) {
      assertEquals(200, service.health("ready"));
    }
  }

  @Test
  void needsADatabaseAndNoKeyServer() {
    try (ServiceNode bare = ServiceNode.with().arguments("migrate").launch()) {
      assertEquals(ExitCode.CONFIGURATION.status(), bare.awaitExit(LIMIT));
      assertTrue(bare.errors().contains("CARDVAULT_DB_URL is not set"), bare.errors());
      assertTrue(bare.errors().contains("CARDVAULT_DB_MIGRATE_PASSWORD is not set"), bare.errors());
      assertFalse(bare.errors().contains("VAULT_ADDR"), bare.errors());
    }
  }

  @Test
  void saysWhatFailedAndChangesNothing() throws SQLException {
    try (ServiceNode refused =
        ServiceNode.with()
            .env(place())
            .env("CARDVAULT_DB_MIGRATE_USER", login)
            .env("CARDVAULT_DB_MIGRATE_PASSWORD", PASSWORD)
            .arguments("migrate")
            .launch()) {
      assertEquals(ExitCode.FAILED.status(), refused.awaitExit(LIMIT));
      assertTrue(refused.errors().contains("not migrated"), refused.errors());
      assertFalse(refused.errors().contains("\tat "), refused.errors());
    }
    assertEquals("0", ask("SELECT count(*) FROM pg_class WHERE relname = 'token'"));
  }

  private void migrate(String expected) {
    try (ServiceNode command =
        ServiceNode.with()
            .env(place())
            .env("CARDVAULT_DB_MIGRATE_USER", owner)
            .env("CARDVAULT_DB_MIGRATE_PASSWORD", PASSWORD)
            .arguments("migrate")
            .launch()) {
      assertEquals(0, command.awaitExit(LIMIT), command::errors);
      assertTrue(command.log().contains(expected), command.log());
    }
  }

  private Map<String, String> place() {
    return Map.of("CARDVAULT_DB_URL", database.url(), "CARDVAULT_DB_USER", login);
  }

  /** As docs/operations.md has an administrator make it. */
  private TestDatabase emptyDatabase() {
    TestPostgres postgres = TestPostgres.shared();
    TestDatabase administrator = new TestDatabase(postgres.port(), "postgres");
    administrator.execute("CREATE ROLE %s LOGIN NOSUPERUSER".formatted(login));
    administrator.execute("CREATE ROLE %s LOGIN NOSUPERUSER".formatted(owner));
    // Other databases of the server have made the roles; who makes them anew may grant them anyway.
    administrator.execute(
        "GRANT cardvault_app, cardvault_sequencer, cardvault_privacy TO %s WITH ADMIN OPTION"
            .formatted(owner));
    String name = "migrate_" + suffix;
    administrator.execute("CREATE DATABASE %s OWNER %s".formatted(name, owner));
    return new TestDatabase(postgres.port(), name);
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = database.asOwner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "";
    }
  }
}
