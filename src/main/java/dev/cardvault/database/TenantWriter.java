package dev.cardvault.database;

import dev.cardvault.access.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * One thread's own connection for small transactions that follow each other: it keeps the tenant
 * set while that stays the same, and its statements planned. Not thread-safe.
 */
public final class TenantWriter implements AutoCloseable {

  private static final int ATTEMPTS = 3;
  private static final long BACK_OFF_NANOS = 5_000_000;

  // Every statement here finds its rows by a unique index; a plan made while a table was small must
  // not outlive that.
  private static final String PREPARE_SESSION =
      "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_hashjoin ="
          + " off; SET enable_mergejoin = off; SET lock_timeout = '1s'";
  private static final String LEAVE_SESSION =
      "RESET plan_cache_mode; RESET enable_seqscan; RESET enable_hashjoin; RESET enable_mergejoin;"
          + " RESET lock_timeout; RESET cardvault.tenant";

  private final DataSource dataSource;
  private @Nullable Connection connection;
  private @Nullable TenantId tenant;

  TenantWriter(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What {@code work} returns, once its transaction is committed; {@code work} may commit it
   * itself. A transaction that another one was in the way of is tried three times; one that found
   * its connection broken before it asked for a commit, once more on a new one.
   *
   * @throws SQLException when it failed
   * @throws UnknownOutcomeException when it may be committed or not; a connection that may be
   *     broken is dropped
   */
  public <R> R inTransaction(TenantId of, TenantDatabase.Work<R> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      boolean kept = connection != null;
      try {
        Connection open = connectionFor(of);
        R result = work.on(open);
        commit(open);
        return result;
      } catch (SQLException failed) {
        undo(failed);
        if (SqlFailures.isTransient(failed) && attempt < ATTEMPTS) {
          LockSupport.parkNanos(
              BACK_OFF_NANOS * attempt + ThreadLocalRandom.current().nextLong(BACK_OFF_NANOS));
        } else if (!kept || !SqlFailures.isConnectionLost(failed) || attempt > 1) {
          throw failed;
        }
      } catch (RuntimeException failed) {
        undo(failed);
        throw failed;
      }
    }
  }

  private static void commit(Connection open) throws SQLException {
    try {
      open.commit();
    } catch (SQLException failed) {
      throw new UnknownOutcomeException(failed);
    }
  }

  private Connection connectionFor(TenantId of) throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = living();
      open.setAutoCommit(true);
      execute(open, PREPARE_SESSION);
      open.setAutoCommit(false);
    }
    if (!of.equals(tenant)) {
      try (PreparedStatement enter =
          open.prepareStatement("SELECT set_config('cardvault.tenant', ?, false)")) {
        enter.setString(1, of.toString());
        enter.execute();
      }
      open.commit();
      tenant = of;
    }
    return open;
  }

  // What breaks one idle connection often breaks all, and the pool would hand out the next.
  private Connection living() throws SQLException {
    Connection open = take();
    while (!open.isValid(1)) {
      drop();
      open = take();
    }
    return open;
  }

  private Connection take() throws SQLException {
    Connection open = dataSource.getConnection();
    connection = open;
    tenant = null;
    return open;
  }

  private void undo(Exception failed) {
    Connection open = connection;
    if (open == null) {
      return;
    }
    try {
      open.rollback();
      if (!open.isValid(1)) {
        drop();
      }
    } catch (SQLException alsoFailed) {
      failed.addSuppressed(alsoFailed);
      drop();
    }
  }

  private void drop() {
    Connection broken = connection;
    connection = null;
    tenant = null;
    if (broken == null) {
      return;
    }
    try {
      // The session beneath is ended, not the pool's wrapper: Agroal's own abort() never gives the
      // connection's place back, and sixteen failures would leave a pool that serves nobody.
      ((Connection) broken.unwrap(PGConnection.class)).abort(Runnable::run);
      // The failure of this tells the pool not to give the connection to anybody else.
      broken.rollback();
    } catch (SQLException e) {
      // It is broken already.
    }
    try {
      broken.close();
    } catch (SQLException e) {
      // It is broken already.
    }
  }

  private static void execute(Connection open, String sql) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Gives the connection back as it was. */
  @Override
  public void close() {
    Connection open = connection;
    if (open == null) {
      return;
    }
    connection = null;
    try {
      open.rollback();
      open.setAutoCommit(true);
      execute(open, LEAVE_SESSION);
      open.close();
    } catch (SQLException e) {
      connection = open;
      drop();
    }
  }
}
