package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Watches the key server. Sealing it is the kill switch: every opened key on this node is wiped as
 * soon as that is seen. When it merely does not answer, opened keys stay for their time.
 */
@ApplicationScoped
public class KeyServerWatch {

  private static final Logger LOG = Logger.getLogger(KeyServerWatch.class);
  private static final int POLLS_A_NOTE = 15;

  private final KeysConfig config;
  private final KeyServer server;
  private final KeyCaches caches;
  private final PanKeys own;
  private final ManagedKeyStore store;
  private final KeyThreads threads;
  private final KeySetCheck keySet;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean noticing = new AtomicBoolean();
  private volatile KeyServerHealth state = KeyServerHealth.UNAVAILABLE;
  private int polls;

  /** Takes what is watched, and what is to be emptied. */
  KeyServerWatch(
      KeysConfig config,
      KeyServer server,
      KeyCaches caches,
      PanKeys own,
      ManagedKeyStore store,
      KeyThreads threads,
      KeySetCheck keySet) {
    this.config = config;
    this.server = server;
    this.caches = caches;
    this.own = own;
    this.store = store;
    this.threads = threads;
    this.keySet = keySet;
  }

  /** What the last look at the key server told. */
  public KeyServerHealth state() {
    return state;
  }

  void start(@Observes StartupEvent started) {
    long millis = config.poll().toMillis();
    threads.timer().scheduleWithFixedDelay(this::tick, 0, millis, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) {
    caches.wipeAll(ProblemCode.KEY_SERVER_UNAVAILABLE);
    own.wipeAll(ProblemCode.KEY_SERVER_UNAVAILABLE);
  }

  // Nothing may escape: the timer would not come again.
  private void tick() {
    try {
      caches.sweep();
      if (noticing.compareAndSet(false, true)) {
        noticeRotations().whenComplete((seen, failure) -> noticing.set(false));
      }
      if (looking.compareAndSet(false, true)) {
        look().whenComplete((seen, failure) -> looking.set(false));
      }
    } catch (RuntimeException e) {
      LOG.error("Watching the key server failed", e);
    }
  }

  /** Looks once. */
  CompletionStage<KeyServerHealth> look() {
    return server
        .health()
        .thenCompose(
            health ->
                health == KeyServerHealth.OK
                    ? keysAreWrong().thenApply(KeyServerWatch::withKeys)
                    : CompletableFuture.completedStage(health))
        .thenApply(this::seen);
  }

  // That takes the database, which may hang; the kill switch does not wait for it.
  private CompletionStage<Boolean> keysAreWrong() {
    return keySet.isWrong().toCompletableFuture().completeOnTimeout(false, 1, TimeUnit.SECONDS);
  }

  private static KeyServerHealth withKeys(boolean wrong) {
    return wrong ? KeyServerHealth.WRONG_KEYS : KeyServerHealth.OK;
  }

  private KeyServerHealth seen(KeyServerHealth now) {
    KeyServerHealth before = state;
    state = now;
    if (now == KeyServerHealth.SEALED) {
      caches.wipeAll(ProblemCode.KEY_SERVER_SEALED);
      own.wipeAll(ProblemCode.KEY_SERVER_SEALED);
    } else if (now == KeyServerHealth.OK) {
      own.healthy();
    }
    if (now != before) {
      log(now);
    }
    return now;
  }

  private static void log(KeyServerHealth now) {
    switch (now) {
      case OK -> LOG.info("The key server answers");
      case SEALED -> LOG.error("The key server is sealed: all opened keys are wiped");
      case WRONG_KEYS ->
          LOG.error(
              "The key server does not hold the keys that wrapped those in the database: either"
                  + " belongs to another installation");
      case UNAVAILABLE -> LOG.error("The key server does not answer: opened keys stay for a time");
    }
  }

  /** Asks the database which tenants' keys were rotated by another node. */
  CompletionStage<Integer> noticeRotations() {
    boolean note = ++polls % POLLS_A_NOTE == 0;
    Collection<TenantId> tenants = own.tenants();
    return threads
        .blocking(
            () -> {
              if (!tenants.isEmpty()) {
                own.retire(store.generations(tenants));
              }
              if (note) {
                own.noteRecords();
              }
              return tenants.size();
            })
        .exceptionally(
            failure -> {
              LOG.debug("The database did not tell of rotations");
              return 0;
            });
  }
}
