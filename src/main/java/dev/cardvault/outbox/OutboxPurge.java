package dev.cardvault.outbox;

import dev.cardvault.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Forgets messages that were settled long ago. */
@ApplicationScoped
class OutboxPurge {

  private static final Logger LOG = Logger.getLogger(OutboxPurge.class);

  private final OutboxStore store;
  private final OutboxConfig config;

  OutboxPurge(OutboxStore store, OutboxConfig config) {
    this.store = store;
    this.config = config;
  }

  @Scheduled(every = "1h", delayed = "3m")
  void purge() {
    try {
      LOG.debugf("Forgot %d messages", store.purge(config.kept()));
    } catch (ProblemException e) {
      LOG.warnf("Settled messages were not forgotten: %s", e.code().code());
    }
  }
}
