package dev.cardvault.audit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;

/** Records events that tell of no row of their own: reads, logins, refusals. */
@ApplicationScoped
public class AuditTrail {

  /** Done once {@code event} is committed; fails with {@code audit-unavailable}. Never blocks. */
  public CompletionStage<Void> record(AuditEvent event) {
    throw new UnsupportedOperationException();
  }
}
