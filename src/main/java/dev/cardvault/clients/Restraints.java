package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Predicate;

/**
 * Holds clients back without an administrator, who alone can undo it. Felt on this node at once and
 * on the others within five seconds. What is as wanted already stays as it is. Blocks.
 */
@ApplicationScoped
public class Restraints {

  private static final String ACTOR = "alerts";
  private static final int SLOW = 1;

  private final ClientStore store;
  private final ClientDirectory directory;

  Restraints(ClientStore store, ClientDirectory directory) {
    this.store = store;
    this.directory = directory;
  }

  /** Stops a client from doing anything. */
  public void suspend(TenantId tenant, String clientId, String reason) {
    change(
        tenant,
        clientId,
        AuditEvent.of(tenant, Action.CLIENT_SUSPEND).actor(ACTOR).subject(clientId).granted(),
        row -> {
          if (row.status.equals(ClientRow.SUSPENDED)) {
            return false;
          }
          row.status = ClientRow.SUSPENDED;
          row.statusReason = reason;
          return true;
        });
  }

  /** Leaves a client one request a second on each node. */
  public void throttle(TenantId tenant, String clientId, String reason) {
    change(
        tenant,
        clientId,
        AuditEvent.of(tenant, Action.CLIENT_UPDATE).actor(ACTOR).subject(clientId).granted(),
        row -> {
          if (row.requestsPerSecond == SLOW) {
            return false;
          }
          row.requestsPerSecond = SLOW;
          row.statusReason = reason;
          return true;
        });
  }

  private void change(
      TenantId tenant, String clientId, AuditEvent event, Predicate<ClientRow> change) {
    try {
      Failures.told(
          () ->
              store.change(
                  tenant,
                  clientId,
                  row -> {
                    if (!change.test(row)) {
                      throw ProblemException.of(ProblemCode.STATE_CONFLICT);
                    }
                  },
                  event));
    } catch (ProblemException e) {
      // It is so already, or the client is gone: in either case there is nobody to hold back.
      if (e.code() == ProblemCode.STATE_CONFLICT || e.code() == ProblemCode.NOT_FOUND) {
        return;
      }
      throw e;
    }
    directory.refreshOrWarn();
  }
}
