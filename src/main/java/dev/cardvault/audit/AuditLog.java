package dev.cardvault.audit;

import dev.cardvault.access.Caller;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.Rows;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes events into the caller's transaction, many in one statement. */
@ApplicationScoped
public class AuditLog {

  private static final String INSERT =
      """
      INSERT INTO audit_event (node, at, id, tenant_id, action, outcome, rule, client_id, actor, credential_id,
        source_address, purpose, reference_type, reference_id, call_id, token_id, key_id, subject, request_id)
      SELECT ?, ?, e.* FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[],
        ?::text[]) e
      """;

  // One message to the server and one answer: what fails in the first keeps the second from being
  // done.
  private static final String INSERT_AND_COMMIT = INSERT + ";\nCOMMIT";

  private final Ids ids;
  private final Node node;
  private final LogState state;
  private final EventCounts counts = new EventCounts();

  /** Writes as {@code node}, unless {@code state} says that the log contradicts itself. */
  public AuditLog(Ids ids, Node node, LogState state) {
    this.ids = ids;
    this.node = node;
    this.state = state;
  }

  /**
   * Adds {@code events} to the transaction on {@code connection}; they are in the log once that
   * commits.
   *
   * @return the events' ids, in their order
   */
  public List<UUID> append(Connection connection, List<AuditEvent> events) throws SQLException {
    return append(connection, INSERT, events);
  }

  /** Adds one event of what {@code caller} asked for, and how it was answered. */
  public void note(
      Connection connection,
      Caller caller,
      Action action,
      @Nullable String subject,
      Outcome outcome)
      throws SQLException {
    append(
        connection, List.of(AuditEvent.by(caller, action).subject(subject).outcome(outcome, null)));
  }

  private List<UUID> append(Connection connection, String sql, List<AuditEvent> events)
      throws SQLException {
    state.requireSound();
    var now = ids.now();
    List<UUID> eventIds = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      eventIds.add(ids.at(now));
    }
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, node.name());
      insert.setObject(2, now.atOffset(ZoneOffset.UTC));
      new Rows<>(connection, insert, 3, eventIds).text(id -> id);
      new Rows<>(connection, insert, 4, events)
          .text(AuditEvent::tenant)
          .text(AuditEvent::action)
          .text(AuditEvent::outcome)
          .text(e -> e.rule() == null ? null : e.rule().code())
          .text(AuditEvent::clientId)
          .text(AuditEvent::actor)
          .text(AuditEvent::credentialId)
          .text(AuditEvent::sourceAddress)
          .text(e -> e.purpose() == null ? null : e.purpose().code())
          .text(e -> e.reference() == null ? null : e.reference().type().code())
          .text(e -> e.reference() == null ? null : e.reference().id())
          .text(AuditEvent::callId)
          .text(AuditEvent::tokenId)
          .text(AuditEvent::keyId)
          .text(AuditEvent::subject)
          .text(AuditEvent::requestId);
      insert.execute();
    }
    counts.add(events);
    return eventIds;
  }

  /**
   * Adds {@code reveals} to the transaction, commits it, and only then gives out what opens their
   * cards.
   *
   * @return one entry an event, in their order
   * @throws AuditWriteException when the events could not be written or the commit's outcome is
   *     unknown
   */
  public List<LoggedReveal> commitReveals(Connection connection, List<AuditEvent> reveals)
      throws SQLException {
    List<UUID> eventIds;
    try {
      eventIds = append(connection, INSERT_AND_COMMIT, reveals);
    } catch (SQLException failed) {
      throw new AuditWriteException(failed);
    }
    List<LoggedReveal> logged = new ArrayList<>(reveals.size());
    for (int i = 0; i < reveals.size(); i++) {
      logged.add(LoggedReveal.of(eventIds.get(i), reveals.get(i)));
    }
    return logged;
  }

  /** What was written so far. */
  public EventCounts counts() {
    return counts;
  }

  /** The problem a caller is told when an event could not be written. */
  public static ProblemException unavailable(SQLException failure) {
    ProblemException cause = SqlFailures.problemOf(failure);
    var wait = cause.retryAfter();
    ProblemException problem = ProblemException.of(ProblemCode.AUDIT_UNAVAILABLE, failure);
    return wait == null ? problem : problem.retryAfter(wait);
  }
}
