package dev.cardvault.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Runs work that goes across tenants under the narrow role made for it, for one transaction: the
 * role ends with it, so that no connection goes back to the pool with more rights than it came
 * with.
 */
@ApplicationScoped
public class RoleDatabase {

  // Rows are found by an index here; a plan made while a table was small must not outlive that, and
  // starting workers costs more than a few thousand rows.
  private static final String ENTER =
      "SET LOCAL ROLE %s; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off;"
          + " SET LOCAL max_parallel_workers_per_gather = 0;"
          + " SET LOCAL idle_in_transaction_session_timeout = '3s'";

  private final DataSource dataSource;

  /** Works on the pool's connections. */
  public RoleDatabase(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What {@code work} returns, once its transaction is committed.
   *
   * @throws SQLException when it failed or its outcome is unknown
   */
  public <R> R inTransaction(Role role, TenantDatabase.Work<R> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        try (Statement enter = connection.createStatement()) {
          enter.execute(ENTER.formatted(role.text));
        }
        R result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        rollBack(connection, failed);
        throw failed;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * As {@link #inTransaction}.
   *
   * @throws dev.cardvault.problem.ProblemException {@code database-unavailable} where that fails
   */
  public <R> R ask(Role role, TenantDatabase.Work<R> work) {
    try {
      return inTransaction(role, work);
    } catch (SQLException e) {
      throw SqlFailures.problemOf(e);
    }
  }

  private static void rollBack(Connection connection, Exception failed) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
  }

  /** A role that may do what the service by itself may not. */
  public enum Role {
    /** Reads events of all tenants and adds leaves, tiles and checkpoints; changes none. */
    SEQUENCER("cardvault_sequencer"),
    /** Has words forgotten, and archived months dropped; reads nothing. */
    PRIVACY("cardvault_privacy");

    private final String text;

    Role(String text) {
      this.text = text;
    }
  }
}
