package dev.cardvault.database;

import dev.cardvault.access.TenantId;
import dev.cardvault.trace.Traces;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Runs work against Postgres in one transaction that sees one tenant's rows: row-level security
 * reads the tenant from the transaction's {@code cardvault.tenant}.
 */
@ApplicationScoped
public class TenantDatabase {

  private static final String ENTER = "SELECT set_config('cardvault.tenant', ?, true)";

  private final DataSource dataSource;
  private final Traces traces;

  /** Works on the pool's connections, and has its statements traced. */
  @Inject
  public TenantDatabase(DataSource dataSource, Traces traces) {
    this.dataSource = traces.watching(dataSource);
    this.traces = traces;
  }

  /** The same, without traces. */
  public TenantDatabase(DataSource dataSource) {
    this(dataSource, Traces.off());
  }

  /**
   * What {@code work} returns, once its transaction is committed.
   *
   * @throws dev.cardvault.problem.ProblemException {@code database-unavailable} when Postgres
   *     failed, after rolling back; an unknown outcome counts as failed
   */
  public <R> R inTransaction(TenantId tenant, Work<R> work) {
    return committed(
        connection -> {
          enter(connection, tenant);
          return work.on(connection);
        });
  }

  /**
   * What {@code work} returns, which reads whoever may log in, of every tenant: whose one is, is
   * yet to be found. It can change nothing. Fails like {@link #inTransaction}.
   */
  public <R> R beforeLogin(Work<R> work) {
    return committed(
        connection -> {
          Passage.LOGIN.open(connection);
          return work.on(connection);
        });
  }

  /**
   * What {@code work} returns, which goes through all tenants at once as far as {@code passage}
   * lets it. Fails like {@link #inTransaction}.
   */
  public <R> R acrossTenants(Passage passage, Work<R> work) {
    return inTransaction(
        TenantId.NOBODY,
        connection -> {
          passage.open(connection);
          return work.on(connection);
        });
  }

  private <R> R committed(Work<R> work) {
    try (Scope request = traces.enter();
        Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        R result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        rollBack(connection, failed);
        throw failed;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw SqlFailures.problemOf(e);
    }
  }

  /** All tenants, for work that goes through each of them. */
  public List<TenantId> tenants() {
    return ofAllTenants(
        connection -> {
          try (var select = connection.prepareStatement("SELECT id FROM tenant ORDER BY id");
              ResultSet row = select.executeQuery()) {
            List<TenantId> tenants = new ArrayList<>();
            while (row.next()) {
              tenants.add(new TenantId(row.getObject(1, UUID.class)));
            }
            return tenants;
          }
        });
  }

  /** What {@code work} reads that belongs to no tenant, each statement by itself. */
  public <R> R ofAllTenants(Work<R> work) {
    try (Connection connection = dataSource.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw SqlFailures.problemOf(e);
    }
  }

  /** A connection of its own for a thread that writes for ever. */
  public TenantWriter writer() {
    return new TenantWriter(dataSource);
  }

  /** Has the transaction on {@code connection} see the rows of {@code tenant} from here on. */
  public static void enter(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ENTER)) {
      statement.setString(1, tenant.toString());
      statement.execute();
    }
  }

  private static void rollBack(Connection connection, Exception failed) {
    try {
      connection.rollback();
    } catch (SQLException alsoFailed) {
      failed.addSuppressed(alsoFailed);
    }
  }

  /** Something to do within a transaction. */
  @FunctionalInterface
  public interface Work<R> {
    /** Does it on {@code connection}, without committing. */
    R on(Connection connection) throws SQLException;
  }
}
