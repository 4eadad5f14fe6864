package dev.cardvault.clients;

import dev.cardvault.database.SqlFailures;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.function.Supplier;

/** What a failed Hibernate transaction means: it hides its cause in wrappers of its own. */
final class Failures {

  private Failures() {}

  /**
   * What {@code transaction} returns.
   *
   * @throws ProblemException {@code state-conflict} when a name is taken, {@code
   *     database-unavailable} when Postgres failed or the outcome is unknown
   */
  static <T> T told(Supplier<T> transaction) {
    try {
      return transaction.get();
    } catch (ProblemException problem) {
      throw problem;
    } catch (RuntimeException failure) {
      throw meaningOf(failure);
    }
  }

  private static RuntimeException meaningOf(RuntimeException failure) {
    boolean rolledBack = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem;
      }
      if (t instanceof SQLException sql) {
        return SqlFailures.isDuplicate(sql)
            ? ProblemException.of(ProblemCode.STATE_CONFLICT, "There is one of that name already")
            : SqlFailures.problemOf(sql);
      }
      rolledBack |= t instanceof RollbackException;
    }
    return rolledBack ? ProblemException.of(ProblemCode.DATABASE_UNAVAILABLE, failure) : failure;
  }
}
