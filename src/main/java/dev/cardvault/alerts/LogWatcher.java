package dev.cardvault.alerts;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.FollowingThread;
import dev.cardvault.audit.LogFollowers.Lease;
import dev.cardvault.outbox.Outbox;
import dev.cardvault.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the audit log on one thread, counts what it tells and raises alerts. One node does so at
 * a time; another takes over, and goes on at the same event, when that one is silent.
 */
@ApplicationScoped
class LogWatcher {

  private static final Logger LOG = Logger.getLogger(LogWatcher.class);
  private static final int AT_ONCE = 2000;

  private final WatchStore store;
  private final Raiser raiser;
  private final Outbox outbox;
  private final AlertsConfig config;
  private final MeterRegistry meters;
  private final Watch watch;
  private final FollowingThread thread = new FollowingThread("log-watcher", this::step, () -> {});
  private long epoch = -1;

  LogWatcher(
      WatchStore store, Raiser raiser, Outbox outbox, AlertsConfig config, MeterRegistry meters) {
    this.store = store;
    this.raiser = raiser;
    this.outbox = outbox;
    this.config = config;
    this.meters = meters;
    this.watch = new Watch(store);
  }

  void start(@Observes StartupEvent event) {
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    thread.stop();
  }

  private Duration step() {
    try {
      if (follow()) {
        return Duration.ZERO;
      }
    } catch (ProblemException e) {
      LOG.warnf("The audit log is not followed: %s", e.code().code());
    } catch (RuntimeException e) {
      LOG.errorf("The audit log is not followed: %s", e.getClass().getName());
    }
    return config.poll();
  }

  /** Whether there may be more at once. */
  private boolean follow() {
    Lease lease = store.lease(config.lease());
    if (lease == null) {
      return false;
    }
    if (lease.epoch() != epoch) {
      watch.forget();
      epoch = lease.epoch();
    }
    Batch batch = store.next(lease, AT_ONCE);
    if (batch.events().isEmpty()) {
      return false;
    }
    Map<Finding, Integer> findings = Raiser.merged(look(batch, lease.began()));
    raiser.respond(findings.keySet());
    boolean done =
        store.advance(
            batch,
            connection -> {
              raiser.raise(connection, findings);
              return findings.size();
            });
    if (done && !findings.isEmpty()) {
      findings.keySet().forEach(this::count);
      outbox.wake();
    }
    return done && batch.events().size() == AT_ONCE;
  }

  private List<Finding> look(Batch batch, Instant began) {
    Map<TenantId, Map<Rule, RuleSetting>> settings = store.settings();
    Map<TenantId, Map<Rule, RuleSetting>> complete = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Sighting seen : batch.events()) {
      // What the service does by itself is nobody's unusual behaviour.
      if (seen.clientId().isEmpty() || seen.action().equals("ALERT_RAISE")) {
        continue;
      }
      Map<Rule, RuleSetting> wanted =
          complete.computeIfAbsent(seen.tenant(), t -> withDefaults(settings.get(t)));
      for (Finding finding : watch.see(seen, wanted)) {
        if (!finding.at().isBefore(began)) {
          findings.add(finding);
        }
      }
    }
    return findings;
  }

  private static Map<Rule, RuleSetting> withDefaults(@Nullable Map<Rule, RuleSetting> own) {
    Map<Rule, RuleSetting> settings = new EnumMap<>(AlertStore.defaults());
    if (own != null) {
      settings.putAll(own);
    }
    return settings;
  }

  private void count(Finding finding) {
    Counter.builder("cardvault.alerts")
        .description("Alerts that were raised")
        .tag("rule", finding.setting().rule().code())
        .register(meters)
        .increment();
  }
}
