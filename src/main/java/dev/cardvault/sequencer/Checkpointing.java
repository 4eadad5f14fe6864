package dev.cardvault.sequencer;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.database.RoleDatabase;
import dev.cardvault.database.RoleDatabase.Role;
import dev.cardvault.keys.KeyServer;
import dev.cardvault.keys.LogKey;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Has the log signed as it grows, on the node that sequences it. Only what is committed is signed,
 * and committed logs are one and the same growing tree, so no two checkpoints disagree; the
 * database refuses one that would.
 */
@ApplicationScoped
public class Checkpointing {

  private static final Logger LOG = Logger.getLogger(Checkpointing.class);
  private static final long LOOK_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration KEYS_EVERY = Duration.ofMinutes(1);

  /** The log's own events, such as new keys of its own, are no tenant's. */
  public static final TenantId LOG_ITSELF = new TenantId(new UUID(0, 0));

  private final RoleDatabase database;
  private final SequencerConfig config;
  private final Sequencer sequencer;
  private final KeyServer server;
  private final LogSigner signer;
  private final AuditTrail trail;
  private final Clock clock;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "audit-checkpoints");
            thread.setDaemon(true);
            return thread;
          });
  private List<LogKey> keys = List.of();
  private Instant keysRead = Instant.EPOCH;
  private boolean failing;
  private long epoch = -1;
  private long signedSize = -1;
  private volatile Instant signedAt = Instant.EPOCH;

  /** Signs what {@code sequencer} has made. */
  Checkpointing(
      RoleDatabase database,
      SequencerConfig config,
      Sequencer sequencer,
      KeyServer server,
      AuditTrail trail,
      Clock clock) {
    this.database = database;
    this.config = config;
    this.sequencer = sequencer;
    this.server = server;
    this.signer = new LogSigner(server, config.bothSignatures());
    this.trail = trail;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    if (config.sequencer()) {
      looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    looks.shutdownNow();
  }

  // Nothing may escape: the timer would not come again.
  private void look() {
    try {
      LogHead head = sequencer.head().orElse(null);
      if (head != null && isDue(head)) {
        sign(head);
        failing = false;
      }
    } catch (HeadStore.Deposed deposed) {
      LOG.debug("Another node signs the audit log now");
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Exception failed) {
      if (!failing) {
        LOG.warnf("No checkpoint of the audit log could be signed: %s", failed.toString());
      }
      failing = true;
    }
  }

  private boolean isDue(LogHead head) throws SQLException {
    if (head.epoch() != epoch) {
      CheckpointStore.Signed newest =
          database.inTransaction(Role.SEQUENCER, CheckpointStore::newest).orElse(null);
      signedSize = newest == null ? -1 : Checkpoint.of(newest.note()).size();
      signedAt = newest == null ? Instant.EPOCH : newest.at();
      epoch = head.epoch();
    }
    Duration since = Duration.between(signedAt, clock.instant());
    Duration due = head.size() > signedSize ? config.checkpointEvery() : config.checkpointAtLeast();
    return since.compareTo(due) >= 0;
  }

  private void sign(LogHead head) throws Exception {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (keys.isEmpty() || now.isAfter(keysRead.plus(KEYS_EVERY))) {
      keys = noticeKeys(now);
      keysRead = now;
    }
    Checkpoint checkpoint = new Checkpoint(head.origin(config), head.size(), head.root());
    Note note = await(signer.sign(checkpoint, signer.signing(keys, now)));
    database.inTransaction(
        Role.SEQUENCER,
        connection -> {
          CheckpointStore.add(connection, note, now, head.epoch());
          return note;
        });
    signedSize = head.size();
    signedAt = now;
  }

  /** All keys of the log; one that is new is on record before it signs (PCI DSS 10.2.1). */
  private List<LogKey> noticeKeys(Instant now) throws Exception {
    List<LogKey> there = await(server.logKeys());
    List<LogKey> used =
        new ArrayList<>(database.inTransaction(Role.SEQUENCER, CheckpointStore::keys));
    for (LogKey known : used) {
      if (there.stream().noneMatch(key -> isSame(key, known))) {
        throw new IllegalStateException("The key server does not hold the log's own keys");
      }
    }
    for (LogKey key : there) {
      if (used.stream().noneMatch(known -> known.version() == key.version())) {
        Action action = used.isEmpty() ? Action.KEY_CREATE : Action.KEY_ROTATE;
        await(
            trail.record(
                AuditEvent.of(LOG_ITSELF, action)
                    .actor("cardvault")
                    .subject("audit-log key, version " + key.version())
                    .granted()));
        database.inTransaction(
            Role.SEQUENCER,
            connection -> {
              CheckpointStore.add(connection, key, now);
              return key;
            });
        used.add(new LogKey(key.version(), key.publicKey(), now));
      }
    }
    return used;
  }

  private static boolean isSame(LogKey one, LogKey other) {
    return one.version() == other.version() && Arrays.equals(one.publicKey(), other.publicKey());
  }

  private static <T> T await(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
