package dev.cardvault.audit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the database lets the service's role do to the audit log (PCI DSS 10.3.2). */
class AuditRightsTest {

  private static final String NOT_PERMITTED = "42501";

  private final TestDatabase database = TestPostgres.shared().newDatabase();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_event SET outcome = 'GRANTED'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "UPDATE audit_event_default SET outcome = 'GRANTED'",
        "DELETE FROM audit_event_default",
        "TRUNCATE audit_event_default",
        "SELECT * FROM audit_event_default",
        "DROP TABLE audit_event_default",
        "ALTER TABLE audit_event DISABLE ROW LEVEL SECURITY",
        "DROP POLICY one_tenant ON audit_event",
      })
  void refusesTheServiceWhateverWouldChangeTheLog(String sql) {
    assertEquals(NOT_PERMITTED, stateOf(database.asService(), sql));
  }

  /** Every role that the migrations make, and whatever would change what is written. */
  static Stream<Arguments> rolesAndChanges() {
    List<String> tables =
        List.of(
            "audit_event",
            "audit_event_default",
            "audit_leaf",
            "audit_tile",
            "audit_checkpoint",
            "audit_key",
            "audit_anchor");
    Map<String, String> columns =
        Map.of(
            "audit_event", "outcome = 'GRANTED'",
            "audit_event_default", "outcome = 'GRANTED'",
            "audit_leaf", "leaf = ''",
            "audit_tile", "root = ''",
            "audit_checkpoint", "note = ''",
            "audit_key", "version = 2",
            "audit_anchor", "evidence = ''");
    return Stream.of("cardvault_app", "cardvault_sequencer", "cardvault_privacy")
        .flatMap(
            role ->
                tables.stream()
                    .flatMap(
                        table ->
                            Stream.of(
                                "UPDATE " + table + " SET " + columns.get(table),
                                "DELETE FROM " + table,
                                "TRUNCATE " + table,
                                "DROP TABLE " + table))
                    .map(sql -> Arguments.of(role, sql)));
  }

  @ParameterizedTest
  @MethodSource("rolesAndChanges")
  @FaultCase(52)
  @Promise("P4")
  void refusesEveryRoleWhateverWouldChangeTheLog(String role, String sql) {
    assertEquals(NOT_PERMITTED, stateOf(database.as(role), sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM audit_state",
        "TRUNCATE audit_state",
        "INSERT INTO audit_state (one) VALUES (false)",
        "UPDATE audit_state SET log_id = gen_random_uuid()",
        "UPDATE audit_state SET size = size - 1",
        "UPDATE audit_state SET epoch = epoch - 1",
        "INSERT INTO audit_event (id, at, tenant_id, action, outcome, node)"
            + " VALUES (gen_random_uuid(), now(), gen_random_uuid(), 'TOKENIZE', 'GRANTED', 'x')",
        "SELECT * FROM token",
        "SELECT * FROM client",
        "SELECT * FROM managed_key",
        "SELECT audit_forget('{}')",
        "SELECT audit_month_drop('2020-01-01')"
      })
  void letsTheSequencerDoNothingElse(String sql) {
    assertEquals(NOT_PERMITTED, stateOf(database.as("cardvault_sequencer"), sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_state SET size = 7",
        "INSERT INTO audit_leaf VALUES (0, gen_random_uuid(), 1, gen_random_uuid(), '')",
        "INSERT INTO audit_checkpoint VALUES (1, now(), sha256(''), '')",
        "SELECT audit_forget('{}')",
        "SELECT audit_month_drop('2020-01-01')"
      })
  void leavesTheSequencersWorkToIt(String sql) {
    assertEquals(NOT_PERMITTED, stateOf(database.asService(), sql));
  }

  @Test
  void letsTheServiceMakeAMonthAhead() {
    assertDoesNotThrow(() -> run(database.asService(), "SELECT audit_month('2031-02-03')"));
    assertEquals(NOT_PERMITTED, stateOf(database.asService(), "DELETE FROM audit_event_2031_02"));
  }

  @Test
  void leavesALoginThatDoesNotMigrateNothingButItsRole() throws SQLException {
    String login = database.name() + "_service";
    database.execute("CREATE ROLE " + login + " LOGIN");
    Flyway.configure()
        .dataSource(database.asOwner())
        .schemas("apart")
        .placeholders(Map.of("service_user", login))
        .load()
        .migrate();
    PGSimpleDataSource service = new PGSimpleDataSource();
    service.setUrl(database.url() + "?currentSchema=apart");
    service.setUser(login);

    run(service, "SET ROLE cardvault_app; SELECT count(*) FROM audit_event");
    assertEquals(
        NOT_PERMITTED, stateOf(service, "SET ROLE cardvault_app; DELETE FROM audit_event"));
    assertEquals(NOT_PERMITTED, stateOf(service, "RESET ROLE; DELETE FROM audit_event"));
    assertEquals(NOT_PERMITTED, stateOf(service, "RESET ROLE; DROP TABLE audit_event"));
  }

  private static String stateOf(DataSource source, String sql) {
    return assertThrows(SQLException.class, () -> run(source, sql)).getSQLState();
  }

  private static void run(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
