package dev.cardvault.ops;

import dev.cardvault.keys.KeyAges;
import dev.cardvault.keys.KeyPurpose;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.TokenCount;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How much the vault holds and how old its keys are, looked up now and then, never when asked. */
@ApplicationScoped
class VaultMeters {

  private static final Logger LOG = Logger.getLogger(VaultMeters.class);
  private static final double MILLIS = 1_000;

  private final KeyAges keys;
  private final TokenCount tokens;
  private final Clock clock;
  private volatile Map<KeyPurpose, Instant> oldest = Map.of();
  private volatile double stored = Double.NaN;

  VaultMeters(KeyAges keys, TokenCount tokens, Clock clock) {
    this.keys = keys;
    this.tokens = tokens;
    this.clock = clock;
  }

  void register(@Observes StartupEvent started, MeterRegistry meters) {
    Gauge.builder("cardvault.tokens.stored", () -> stored)
        .description(
            "Rows in the table of tokens, erased ones included, as Postgres estimates them")
        .register(meters);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Gauge.builder("cardvault.key.age", () -> age(purpose))
          .description("Age of the oldest key in use, over all tenants and nodes")
          .baseUnit("seconds")
          .tag("purpose", purpose.text())
          .register(meters);
    }
  }

  @Scheduled(every = "5m", delayed = "10s")
  void look() {
    try {
      stored = tokens.estimate();
      oldest = keys.oldest();
    } catch (ProblemException away) {
      LOG.debugf("Not counted this time: %s", away.code().code());
    }
  }

  private double age(KeyPurpose purpose) {
    @Nullable Instant made = oldest.get(purpose);
    return made == null ? Double.NaN : Duration.between(made, clock.instant()).toMillis() / MILLIS;
  }
}
