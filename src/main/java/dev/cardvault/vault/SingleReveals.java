package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.AuditWriteException;
import dev.cardvault.database.GroupTransaction;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Reveals for single requests that came together. */
final class SingleReveals extends GroupTransaction<Ask, Answer> {

  private final RevealRound round;
  private final Clock clock;

  SingleReveals(RevealRound round, Clock clock) {
    this.round = round;
    this.clock = clock;
  }

  @Override
  protected List<Answer> inTransaction(Connection connection, TenantId tenant, List<Ask> asks)
      throws SQLException {
    return round.commit(connection, round.decide(connection, tenant, asks, clock.instant()));
  }

  @Override
  protected ProblemException failureOf(SQLException failure) {
    return failureOfReveal(failure);
  }

  static ProblemException failureOfReveal(SQLException failure) {
    return failure instanceof AuditWriteException
        ? AuditLog.unavailable(failure)
        : SqlFailures.problemOf(failure);
  }
}
