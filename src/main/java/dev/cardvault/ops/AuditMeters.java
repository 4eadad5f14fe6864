package dev.cardvault.ops;

import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.EventCounts;
import dev.cardvault.audit.Outcome;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/** What the service is asked for and how it answers, counted where it is written down. */
final class AuditMeters {

  private AuditMeters() {}

  static void register(@Observes StartupEvent started, AuditLog log, MeterRegistry meters) {
    EventCounts counts = log.counts();
    for (Action action : Action.values()) {
      for (Outcome outcome : Outcome.values()) {
        FunctionCounter.builder("cardvault.audit.events", counts, c -> c.of(action, outcome))
            .description("Audit events written by this node")
            .tag("action", action.name().toLowerCase(Locale.ROOT))
            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .register(meters);
      }
    }
  }
}
