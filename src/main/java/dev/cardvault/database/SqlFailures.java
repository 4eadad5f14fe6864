package dev.cardvault.database;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** What a failed statement means, by its SQLSTATE (PostgreSQL manual, appendix A). */
public final class SqlFailures {

  /** Serialization failure, deadlock. */
  private static final Set<String> TRANSIENT = Set.of("40001", "40P01");

  private SqlFailures() {}

  /** The problem a caller is told; the cause stays with it for the log. */
  public static ProblemException problemOf(SQLException failure) {
    return ProblemException.of(ProblemCode.DATABASE_UNAVAILABLE, failure)
        .retryAfter(Duration.ofSeconds(1));
  }

  /** Whether the same transaction may succeed at once: another one was in its way. */
  public static boolean isTransient(SQLException failure) {
    // The pool's own failures have no state.
    String state = failure.getSQLState();
    return state != null && TRANSIENT.contains(state);
  }

  /**
   * Whether the data of one row is to blame, so that the other rows of a batch may do without it:
   * classes 22 (data exception), 23 (constraint) and P0 (raised by a trigger).
   */
  public static boolean isOfOneRow(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("P0"));
  }

  /**
   * Whether the connection was lost (class 08, or 57P01 and 57P02 when the server ends it) while
   * nothing could have been committed yet.
   */
  static boolean isConnectionLost(SQLException failure) {
    String state = failure.getSQLState();
    return !(failure instanceof UnknownOutcomeException)
        && state != null
        && (state.startsWith("08") || state.equals("57P01") || state.equals("57P02"));
  }

  /** Whether a lock was not to be had within its time-out. */
  public static boolean isLockTimeout(SQLException failure) {
    return "55P03".equals(failure.getSQLState());
  }

  /** Whether a unique constraint was broken. */
  public static boolean isDuplicate(SQLException failure) {
    return "23505".equals(failure.getSQLState());
  }
}
