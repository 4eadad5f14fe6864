package dev.cardvault.audit;

import dev.cardvault.access.Caller;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log, and writes down that it was read (PCI DSS 10.2.1.3): both in one transaction.
 * Blocks: not for an event loop.
 */
@ApplicationScoped
public class AuditQuery {

  private final TenantDatabase database;
  private final AuditLog log;

  /** Reads from {@code database}. */
  public AuditQuery(TenantDatabase database, AuditLog log) {
    this.database = database;
    this.log = log;
  }

  /**
   * Events, newest first.
   *
   * @param cursor where an earlier page ended
   * @param limit at most this many, 1 to 100
   * @throws ProblemException {@code invalid-cursor}
   */
  public AuditPage list(Caller caller, AuditFilter filter, @Nullable String cursor, int limit) {
    @Nullable UUID after = cursor == null ? null : EventCursor.parse(cursor);
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          List<AuditRecord> found = AuditRows.list(connection, filter, after, limit + 1);
          log.note(connection, caller, Action.AUDIT_READ, filtersOf(filter), Outcome.GRANTED);
          return pageOf(found, limit);
        });
  }

  /**
   * The event of that id.
   *
   * @throws ProblemException {@code not-found}, for another tenant's as well
   */
  public AuditRecord find(Caller caller, UUID id) {
    return database
        .inTransaction(
            caller.tenant(),
            connection -> {
              Optional<AuditRecord> event = AuditRows.find(connection, id);
              Outcome outcome = event.isEmpty() ? Outcome.NOT_FOUND : Outcome.GRANTED;
              log.note(connection, caller, Action.AUDIT_READ, "evt_" + id, outcome);
              return event;
            })
        .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
  }

  private static AuditPage pageOf(List<AuditRecord> found, int limit) {
    if (found.size() <= limit) {
      return new AuditPage(found, null);
    }
    List<AuditRecord> page = found.subList(0, limit);
    return new AuditPage(page, EventCursor.text(page.get(limit - 1).id()));
  }

  /** By what it was narrowed, not to which values: a token's text stays out of the log. */
  private static String filtersOf(AuditFilter filter) {
    List<String> names =
        Stream.of(
                named("from", filter.from()),
                named("to", filter.to()),
                named("client", filter.clientId()),
                named("actor", filter.actor()),
                named("action", filter.action()),
                named("outcome", filter.outcome()),
                named("token", filter.token()),
                named("purpose", filter.purpose()),
                named("reference", filter.referenceId()),
                named("call_id", filter.callId()),
                named("source_ip", filter.sourceAddress()))
            .flatMap(s -> s)
            .toList();
    return names.isEmpty() ? "all" : "by " + String.join(", ", names);
  }

  private static Stream<String> named(String name, @Nullable Object value) {
    return value == null ? Stream.empty() : Stream.of(name);
  }
}
