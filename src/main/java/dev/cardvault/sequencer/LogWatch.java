package dev.cardvault.sequencer;

import dev.cardvault.anchor.Anchors;
import dev.cardvault.audit.LogState;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at the log every second, on every node: whether it is the one that was signed (once, at the
 * start), how far it is behind, and whether anybody has stopped it.
 */
@ApplicationScoped
public class LogWatch {

  private static final Logger LOG = Logger.getLogger(LogWatch.class);
  private static final long EVERY_MILLIS = 1_000;

  private final RoleDatabase database;
  private final SequencerConfig config;
  private final Anchors anchors;
  private final LogState state;
  private final Clock clock;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "audit-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean checked;
  private volatile long size;
  private volatile Instant signedAt = Instant.EPOCH;

  /** Tells {@code state} what it sees. */
  LogWatch(
      RoleDatabase database, SequencerConfig config, Anchors anchors, LogState state, Clock clock) {
    this.database = database;
    this.config = config;
    this.anchors = anchors;
    this.state = state;
    this.clock = clock;
  }

  /** Whether the log was looked at and nobody has stopped it. */
  public boolean isSound() {
    return checked && state.halted().isEmpty();
  }

  void start(@Observes StartupEvent started, MeterRegistry meters, Sequencer sequencer) {
    Gauge.builder("cardvault.audit.lag", state, s -> s.lag().toMillis() / 1_000.0)
        .baseUnit("seconds")
        .description("How long the oldest audit event has waited for its place in the log")
        .register(meters);
    Gauge.builder("cardvault.audit.waiting", state, LogState::waiting)
        .description("Audit events that wait for their place in the log, counted up to 10,000")
        .register(meters);
    Gauge.builder("cardvault.audit.size", this, w -> w.size)
        .description("Leaves of the audit log")
        .register(meters);
    Gauge.builder("cardvault.audit.halted", state, s -> s.halted().isPresent() ? 1 : 0)
        .description("1 when the audit log contradicts itself and nothing is served")
        .register(meters);
    Gauge.builder("cardvault.audit.sequencing", sequencer, s -> s.isActive() ? 1 : 0)
        .description("1 on the node that gives audit events their places")
        .register(meters);
    Gauge.builder(
            "cardvault.audit.checkpoint.age",
            this,
            w -> Duration.between(w.signedAt, clock.instant()).toMillis() / 1_000.0)
        .baseUnit("seconds")
        .description("How long ago the audit log was signed last")
        .register(meters);
    looks.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) {
    looks.shutdownNow();
  }

  // Nothing may escape: the timer would not come again.
  private void look() {
    try {
      database.inTransaction(Role.SEQUENCER, this::look);
    } catch (SQLException | RuntimeException unseen) {
      // What was seen last stays: without a database no event is written anyhow.
      LOG.debug("The audit log could not be looked at");
    }
  }

  private LogHead look(Connection connection) throws SQLException {
    if (!checked) {
      check(connection);
    }
    LogHead head = HeadStore.read(connection);
    Duration lag = EventSource.lag(connection, head.nextTx());
    long waiting = lag.isZero() ? 0 : EventSource.waiting(connection, head.nextTx());
    state.note(lag, waiting, lag.compareTo(config.mostLag()) > 0, head.halted());
    size = head.size();
    signedAt =
        CheckpointStore.newest(connection).map(CheckpointStore.Signed::at).orElse(Instant.EPOCH);
    return head;
  }

  private void check(Connection connection) throws SQLException {
    Optional<String> wrong = LogCheck.contradiction(connection, config, anchors);
    if (wrong.isPresent()) {
      LOG.errorf("The audit log contradicts itself: %s. Nothing is served.", wrong.get());
      HeadStore.halt(connection, wrong.get());
    }
    checked = true;
  }
}
