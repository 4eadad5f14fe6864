package dev.cardvault.sequencer;

import dev.cardvault.anchor.Anchor;
import dev.cardvault.anchor.AnchorConfig;
import dev.cardvault.anchor.Anchors;
import dev.cardvault.anchor.ContradictionException;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.Tree;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Has every anchor keep the newest checkpoint, on the node that sequences. One that cannot be
 * reached holds up nothing but its own metric; one that remembers another log stops everything.
 */
@ApplicationScoped
public class Anchoring {

  private static final Logger LOG = Logger.getLogger(Anchoring.class);

  private static final int END_SECONDS = 2;

  private final RoleDatabase database;
  private final Sequencer sequencer;
  private final Anchors anchors;
  private final AnchorConfig config;
  private final Clock clock;
  private final Map<String, Instant> kept = new ConcurrentHashMap<>();
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "audit-anchors");
            thread.setDaemon(true);
            return thread;
          });

  /** Keeps what {@code sequencer} has made. */
  Anchoring(
      RoleDatabase database,
      Sequencer sequencer,
      Anchors anchors,
      AnchorConfig config,
      Clock clock) {
    this.database = database;
    this.sequencer = sequencer;
    this.anchors = anchors;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started, MeterRegistry meters) {
    Instant now = clock.instant();
    for (Anchor anchor : anchors.all()) {
      kept.put(anchor.name(), now);
      Gauge.builder("cardvault.audit.anchor.age", () -> age(anchor).toMillis() / 1_000.0)
          .tag("anchor", anchor.name())
          .baseUnit("seconds")
          .description("How long ago the anchor kept a checkpoint, on the node that sequences")
          .register(meters);
    }
    if (!anchors.all().isEmpty()) {
      long millis = config.every().toMillis();
      rounds.scheduleWithFixedDelay(this::round, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Waits a little for an anchor that is writing, which is not cut off in the middle of a line. */
  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    rounds.shutdownNow();
    if (!rounds.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("An anchor was still being written when this node stopped");
    }
  }

  // Standing by, it is another node's turn to worry.
  private Duration age(Anchor anchor) {
    return sequencer.isActive()
        ? Duration.between(kept.getOrDefault(anchor.name(), Instant.EPOCH), clock.instant())
        : Duration.ZERO;
  }

  // Nothing may escape: the timer would not come again.
  private void round() {
    if (!sequencer.isActive()) {
      return;
    }
    try {
      Note newest =
          database
              .inTransaction(Role.SEQUENCER, CheckpointStore::newest)
              .map(CheckpointStore.Signed::note)
              .orElse(null);
      if (newest != null) {
        for (Anchor anchor : anchors.all()) {
          keep(anchor, newest);
        }
      }
    } catch (SQLException | RuntimeException failed) {
      LOG.warnf("The newest checkpoint could not be anchored: %s", failed.toString());
    }
  }

  private void keep(Anchor anchor, Note newest) throws SQLException {
    try {
      Note evidence = anchor.keep(newest, size -> since(size, Checkpoint.of(newest).size()));
      Instant now = clock.instant();
      database.inTransaction(
          Role.SEQUENCER,
          connection -> {
            CheckpointStore.anchored(connection, anchor.name(), evidence, now);
            return evidence;
          });
      kept.put(anchor.name(), now);
    } catch (IOException unreachable) {
      LOG.warnf("The anchor %s kept nothing: %s", anchor.name(), unreachable.getMessage());
    } catch (ContradictionException forked) {
      LOG.errorf(
          "The audit log contradicts an anchor: %s. Nothing is served.", forked.getMessage());
      database.inTransaction(
          Role.SEQUENCER,
          connection -> {
            HeadStore.halt(connection, "an anchor remembers another log: " + forked.getMessage());
            return anchor;
          });
    }
  }

  private List<Hash> since(long earlier, long size) throws IOException {
    try {
      return database.inTransaction(
          Role.SEQUENCER,
          connection -> new Tree<>(size, LeafStore.tiles(connection)).consistency(earlier));
    } catch (SQLException e) {
      throw new IOException("The log's past cannot be read", e);
    }
  }
}
