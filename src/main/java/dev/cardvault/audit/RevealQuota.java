package dev.cardvault.audit;

import dev.cardvault.access.Caller;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps each client to the PANs it may see in a UTC day. Every node counts for itself, beginning
 * with what the audit log tells of the day, so that a restart gives nothing away. A PAN that was
 * counted but then not handed out stays counted.
 */
@ApplicationScoped
public class RevealQuota {

  // Up to the limit: how far beyond it does not matter.
  private static final String COUNT =
      """
      SELECT count(*) FROM (
        SELECT FROM audit_event
         WHERE tenant_id = ? AND at >= ? AND client_id = ? AND action = 'DETOKENIZE' AND outcome = 'GRANTED'
         LIMIT ?) e
      """;

  private final Clock clock;
  private final Map<String, Day> days = new ConcurrentHashMap<>();

  /** Takes the day from {@code clock}. */
  public RevealQuota(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts {@code reveals} more PANs for {@code caller}, all or none. Does nothing where its policy
   * sets no limit; asks the database once a day and client where it does.
   *
   * @param connection within a transaction of the caller's tenant
   * @throws ProblemException {@code reveal-quota-exceeded} when they are too many
   */
  public void take(Connection connection, Caller caller, int reveals) throws SQLException {
    int limit = caller.policy().revealsPerDay();
    if (limit == 0) {
      return;
    }
    Instant now = clock.instant();
    Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
    Day day = days.get(caller.clientId());
    if (day == null || !day.began.equals(midnight)) {
      day = begin(connection, caller, midnight, limit);
    }
    if (!day.take(reveals, limit)) {
      throw ProblemException.of(ProblemCode.REVEAL_QUOTA_EXCEEDED)
          .retryAfter(Duration.between(now, midnight.plus(1, ChronoUnit.DAYS)));
    }
  }

  private Day begin(Connection connection, Caller caller, Instant midnight, int limit)
      throws SQLException {
    Day counted = new Day(midnight, seen(connection, caller, midnight, limit));
    // Whoever came first counts for all.
    return days.merge(
        caller.clientId(),
        counted,
        (before, mine) -> before.began.equals(midnight) ? before : mine);
  }

  private static long seen(Connection connection, Caller caller, Instant midnight, int limit)
      throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setObject(1, caller.tenant().value());
      count.setTimestamp(2, Timestamp.from(midnight));
      count.setString(3, caller.clientId());
      count.setInt(4, limit);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** What one client saw on one day. */
  private static final class Day {
    private final Instant began;
    private long seen;

    Day(Instant began, long seen) {
      this.began = began;
      this.seen = seen;
    }

    synchronized boolean take(int more, int limit) {
      if (seen + more > limit) {
        return false;
      }
      seen += more;
      return true;
    }
  }
}
