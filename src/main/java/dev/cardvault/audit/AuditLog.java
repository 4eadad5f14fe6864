package dev.cardvault.audit;

import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes events into the caller's transaction, many in one statement. */
@ApplicationScoped
public class AuditLog {

  private static final String INSERT =
      """
      INSERT INTO audit_event (id, at, tenant_id, action, outcome, rule, client_id, actor, credential_id,
        source_address, purpose, reference_type, reference_id, call_id, token_id, key_id, subject, request_id, node)
      SELECT e.*, ? FROM unnest(?::uuid[], ?::timestamptz[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[],
        ?::text[]) e
      """;

  private final Ids ids;
  private final Node node;

  /** Writes as {@code node}. */
  public AuditLog(Ids ids, Node node) {
    this.ids = ids;
    this.node = node;
  }

  /**
   * Adds {@code events} to the transaction on {@code connection}; they are in the log once that
   * commits.
   *
   * @return the events' ids, in their order
   */
  public List<UUID> append(Connection connection, List<AuditEvent> events) throws SQLException {
    var now = ids.now();
    List<UUID> eventIds = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      eventIds.add(ids.at(now));
    }
    String at = Timestamp.from(now).toInstant().toString();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Columns columns = new Columns(connection, insert, events);
      insert.setString(1, node.name());
      insert.setArray(2, connection.createArrayOf("text", eventIds.toArray()));
      columns.set(3, "text", e -> at);
      columns.set(4, "text", AuditEvent::tenant);
      columns.set(5, "text", AuditEvent::action);
      columns.set(6, "text", AuditEvent::outcome);
      columns.set(7, "text", e -> e.rule() == null ? null : e.rule().code());
      columns.set(8, "text", AuditEvent::clientId);
      columns.set(9, "text", AuditEvent::actor);
      columns.set(10, "text", AuditEvent::credentialId);
      columns.set(11, "text", AuditEvent::sourceAddress);
      columns.set(12, "text", e -> e.purpose() == null ? null : e.purpose().code());
      columns.set(13, "text", e -> e.reference() == null ? null : e.reference().type().code());
      columns.set(14, "text", e -> e.reference() == null ? null : e.reference().id());
      columns.set(15, "text", AuditEvent::callId);
      columns.set(16, "text", AuditEvent::tokenId);
      columns.set(17, "text", AuditEvent::keyId);
      columns.set(18, "text", AuditEvent::subject);
      columns.set(19, "text", AuditEvent::requestId);
      insert.execute();
    }
    return eventIds;
  }

  /**
   * Adds {@code reveals} to the transaction, commits it, and only then gives out what opens their
   * cards: one permit for each event that was granted, {@code null} for the others, in their order.
   *
   * @throws ProblemException {@code audit-unavailable} when the commit failed or its outcome is
   *     unknown
   */
  public List<@Nullable RevealPermit> commitReveals(Connection connection, List<AuditEvent> reveals)
      throws SQLException {
    List<UUID> eventIds = append(connection, reveals);
    connection.commit();
    List<@Nullable RevealPermit> permits = new ArrayList<>(reveals.size());
    for (int i = 0; i < reveals.size(); i++) {
      AuditEvent event = reveals.get(i);
      permits.add(
          event.outcome() == Outcome.GRANTED && event.tokenId() != null
              ? new RevealPermit(eventIds.get(i), event.tokenId())
              : null);
    }
    return permits;
  }

  /** The problem a caller is told when an event could not be written. */
  static ProblemException unavailable(SQLException failure) {
    ProblemException cause = SqlFailures.problemOf(failure);
    var wait = cause.retryAfter();
    ProblemException problem = ProblemException.of(ProblemCode.AUDIT_UNAVAILABLE, failure);
    return wait == null ? problem : problem.retryAfter(wait);
  }

  /** Sets one array parameter a column. */
  private record Columns(Connection connection, PreparedStatement insert, List<AuditEvent> events) {

    void set(int parameter, String type, Function<AuditEvent, @Nullable Object> value)
        throws SQLException {
      Object[] column = new Object[events.size()];
      for (int i = 0; i < column.length; i++) {
        Object v = value.apply(events.get(i));
        column[i] = v == null ? null : v.toString();
      }
      insert.setArray(parameter, connection.createArrayOf(type, column));
    }
  }
}
