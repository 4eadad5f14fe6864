package dev.cardvault.audit;

import dev.cardvault.access.TenantId;
import dev.cardvault.batch.Coalescer;
import dev.cardvault.database.GroupTransaction;
import dev.cardvault.database.GroupTransactions;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Records events that tell of no row of their own: reads, logins, refusals. */
@ApplicationScoped
public class AuditTrail {

  private final Coalescer<TenantId, AuditEvent, UUID> writer;

  /** Starts its writer. */
  public AuditTrail(AuditLog log, GroupTransactions transactions) {
    writer = transactions.start("audit-writer", new Recording(log));
  }

  /**
   * The id of {@code event} once it is committed; fails with {@code audit-unavailable}. Never
   * blocks.
   */
  public CompletionStage<UUID> record(AuditEvent event) {
    return writer.submit(event.tenant(), event);
  }

  private static final class Recording extends GroupTransaction<AuditEvent, UUID> {
    private final AuditLog log;

    Recording(AuditLog log) {
      this.log = log;
    }

    @Override
    protected List<UUID> inTransaction(
        Connection connection, TenantId tenant, List<AuditEvent> events) throws SQLException {
      return log.append(connection, events);
    }

    @Override
    protected ProblemException failureOf(SQLException failure) {
      return AuditLog.unavailable(failure);
    }
  }
}
