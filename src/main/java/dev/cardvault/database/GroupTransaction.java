package dev.cardvault.database;

import dev.cardvault.access.TenantId;
import dev.cardvault.batch.GroupWork;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for many requests of a tenant.
 *
 * @param <T> a request
 * @param <R> its result
 */
public abstract class GroupTransaction<T, R> implements GroupWork<TenantId, T, R> {

  private @Nullable TenantWriter writer;

  void writeThrough(TenantWriter own) {
    writer = own;
  }

  void release() {
    if (writer != null) {
      writer.close();
    }
  }

  /** Does all of {@code items} on {@code connection}; what it does is committed afterwards. */
  protected abstract List<R> inTransaction(Connection connection, TenantId tenant, List<T> items)
      throws SQLException;

  /** What callers are told when the transaction failed or its outcome is unknown. */
  protected ProblemException failureOf(SQLException failure) {
    return SqlFailures.problemOf(failure);
  }

  @Override
  public final List<R> doAll(TenantId tenant, List<T> items) throws SQLException {
    if (writer == null) {
      throw new IllegalStateException("Not started");
    }
    return writer.inTransaction(tenant, connection -> inTransaction(connection, tenant, items));
  }

  @Override
  public final boolean mayBeOneItems(Exception failure) {
    return !(failure instanceof SQLException sql)
        || SqlFailures.isOfOneRow(sql)
        || SqlFailures.isTransient(sql);
  }

  @Override
  public final RuntimeException problemOf(Exception failure) {
    if (failure instanceof SQLException sql) {
      return failureOf(sql);
    }
    return failure instanceof ProblemException problem
        ? problem
        : ProblemException.of(ProblemCode.INTERNAL, failure);
  }

  @Override
  public final RuntimeException overloaded() {
    return ProblemException.of(ProblemCode.OVERLOADED).retryAfter(Duration.ofSeconds(1));
  }

  @Override
  public final RuntimeException overdue() {
    return failureOf(new SQLException("No answer within the deadline", "57014"));
  }
}
