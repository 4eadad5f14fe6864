package dev.cardvault.sessions;

import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes what happens to captures into the audit log, and does not give up at the first failure.
 */
@ApplicationScoped
class CaptureTrail {

  private static final Logger LOG = Logger.getLogger(CaptureTrail.class);
  private static final int TRIES = 300;

  private final AuditTrail trail;
  private final SessionClock clock;

  CaptureTrail(AuditTrail trail, SessionClock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Writes {@code event}; while that fails, again every second for five minutes. */
  void record(AuditEvent event) {
    record(event, 1);
  }

  private void record(AuditEvent event, int tried) {
    trail
        .record(event)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                return;
              }
              if (tried < TRIES) {
                clock.after(1, TimeUnit.SECONDS, () -> record(event, tried + 1));
              } else {
                LOG.errorf("An event could not be written to the audit log: %s", event.action());
              }
            });
  }
}
