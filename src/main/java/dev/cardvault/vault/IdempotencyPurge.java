package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/** Forgets idempotency keys whose day is over. */
@ApplicationScoped
class IdempotencyPurge {

  private static final Logger LOG = Logger.getLogger(IdempotencyPurge.class);

  private static final String OVER =
      """
      DELETE FROM idempotency
      WHERE tenant_id = current_tenant() AND created_at < ?::timestamptz - interval '%s'
      """
          .formatted(IdempotencyStore.KEPT);

  private final TenantDatabase database;
  private final Clock clock;

  IdempotencyPurge(TenantDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(every = "1h", delayed = "2m")
  void purge() {
    try {
      database.tenants().forEach(this::purge);
    } catch (ProblemException e) {
      LOG.warnf("Idempotency keys that are over were not forgotten: %s", e.code().code());
    }
  }

  private void purge(TenantId tenant) {
    int forgotten =
        database.inTransaction(
            tenant,
            connection -> {
              try (var delete = connection.prepareStatement(OVER)) {
                delete.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
                return delete.executeUpdate();
              }
            });
    LOG.debugf("Forgot %d idempotency keys", forgotten);
  }
}
