package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.GroupTransaction;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The reveals of one bulk call of which all are shown or none. Where keys are missing, the answers
 * are those keys alone.
 */
final class AtomicReveals extends GroupTransaction<List<Ask>, List<Answer>> {

  private final RevealRound round;
  private final Clock clock;

  AtomicReveals(RevealRound round, Clock clock) {
    this.round = round;
    this.clock = clock;
  }

  @Override
  protected List<List<Answer>> inTransaction(
      Connection connection, TenantId tenant, List<List<Ask>> calls) throws SQLException {
    List<List<Answer>> answers = new ArrayList<>();
    for (List<Ask> asks : calls) {
      answers.add(one(connection, tenant, asks));
    }
    return answers;
  }

  private List<Answer> one(Connection connection, TenantId tenant, List<Ask> asks)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    List<Verdict> verdicts = round.decide(connection, tenant, asks, clock.instant());
    if (verdicts.stream().anyMatch(Verdict.PutOff.class::isInstance)) {
      connection.rollback(before);
      return verdicts.stream()
          .filter(Verdict.PutOff.class::isInstance)
          .map(verdict -> verdict.answer(null))
          .toList();
    }
    if (verdicts.stream().anyMatch(Verdict.Refuse.class::isInstance)) {
      // What was spent for the others is given back.
      connection.rollback(before);
      verdicts = verdicts.stream().map(AtomicReveals::refuse).toList();
    }
    return round.commit(connection, verdicts);
  }

  private static Verdict refuse(Verdict verdict) {
    return verdict instanceof Verdict.Show show
        ? new Verdict.Refuse(show.ask(), show.card(), ProblemCode.STATE_CONFLICT)
        : verdict;
  }

  @Override
  protected ProblemException failureOf(SQLException failure) {
    return SingleReveals.failureOfReveal(failure);
  }
}
