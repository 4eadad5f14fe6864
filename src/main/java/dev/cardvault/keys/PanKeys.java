package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This node's own PAN keys, one a tenant. A key's row is committed before it seals anything, and
 * its successor is made before it ends, so that nobody waits.
 */
@ApplicationScoped
class PanKeys {

  private static final Logger LOG = Logger.getLogger(PanKeys.class);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 1_000;

  private final KeysConfig config;
  private final KeyOpener opener;
  private final ManagedKeyStore store;
  private final KeyThreads threads;
  private final KeyCaches caches;
  private final Clock clock;
  private final ConcurrentMap<TenantId, Slot> slots = new ConcurrentHashMap<>();
  private final ConcurrentMap<UUID, PanKey> byId = new ConcurrentHashMap<>();
  private final long openable;
  private volatile long lastHealthy;

  PanKeys(
      KeysConfig config,
      KeyOpener opener,
      ManagedKeyStore store,
      KeyThreads threads,
      KeyCaches caches,
      Clock clock) {
    this.config = config;
    this.opener = opener;
    this.store = store;
    this.threads = threads;
    this.caches = caches;
    this.clock = clock;
    this.openable = config.cacheAge().toNanos();
    this.lastHealthy = caches.nanoTime();
  }

  /** The key that seals the next record of {@code tenant}, which it counts. */
  CompletionStage<SealingKey> sealing(TenantId tenant) {
    Slot slot = slots.computeIfAbsent(tenant, Slot::new);
    PanKey key = slot.current;
    long now = clock.millis();
    if (key != null && key.take(now)) {
      if (key.isEnding(now)) {
        slot.makeAhead(now);
      }
      return key.sealing();
    }
    return slot.make()
        .thenCompose(made -> made.take(clock.millis()) ? made.sealing() : sealing(tenant));
  }

  /**
   * The key when it is one of this node's own. An unreachable key server leaves it for opening no
   * longer than any other opened key.
   */
  @Nullable OpeningKey opening(UUID id) {
    PanKey key = byId.get(id);
    return key == null || caches.nanoTime() - lastHealthy >= openable ? null : key.opening();
  }

  /** Notes that the key server has just been seen to work. */
  void healthy() {
    lastHealthy = caches.nanoTime();
  }

  /** The tenants that have a key here. */
  Collection<TenantId> tenants() {
    return byId.values().stream().map(PanKey::tenant).distinct().toList();
  }

  /** Gives up keys that were made before their tenant's latest rotation. */
  void retire(Map<TenantId, Long> generations) {
    generations.forEach(
        (tenant, generation) -> {
          Slot slot = slots.get(tenant);
          if (slot != null) {
            slot.retireBefore(generation);
          }
        });
  }

  /** Writes down how many records the keys have sealed. Blocks. */
  void noteRecords() {
    List.copyOf(byId.values()).forEach(this::noteRecords);
  }

  private void noteRecords(PanKey key) {
    long count = key.recordsToNote();
    if (count > 0) {
      store.countRecords(key.tenant(), key.key().id(), count);
      key.noted(count);
    }
  }

  /** Wipes all keys now, also those that are being made. */
  void wipeAll(ProblemCode why) {
    slots.values().forEach(Slot::giveUp);
    for (UUID id : byId.keySet()) {
      PanKey key = byId.remove(id);
      if (key != null) {
        key.key().wipe(why);
      }
    }
  }

  // Requests that have the key in hand finish; it is then opened like any other node's.
  private void leave(PanKey key) {
    threads.timer().schedule(() -> left(key), GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void left(PanKey key) {
    byId.remove(key.key().id());
    key.key().wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
    threads
        .blocking(
            () -> {
              noteRecords(key);
              return key;
            })
        .exceptionally(
            failure -> {
              LOG.warnf("The last records of key %s were not counted", key.key().id());
              return key;
            });
  }

  /** The place of one tenant's key. */
  private final class Slot {

    private final TenantId tenant;
    private volatile @Nullable PanKey current;
    private @Nullable CompletableFuture<PanKey> flight;
    private long given;
    private volatile long nextTry;

    Slot(TenantId tenant) {
      this.tenant = tenant;
    }

    /** A new key; all who ask before it is there get the same. */
    synchronized CompletionStage<PanKey> make() {
      PanKey key = current;
      if (flight == null && key != null && !key.isEnding(clock.millis())) {
        // Another's flight has landed since the caller looked.
        return CompletableFuture.completedStage(key);
      }
      return flight != null ? flight : takeOff();
    }

    synchronized void makeAhead(long now) {
      if (flight == null && now >= nextTry) {
        nextTry = now + PAUSE_MILLIS;
        takeOff()
            .exceptionally(
                failure -> {
                  LOG.warnf(
                      "The next key of tenant %s could not be made: %s",
                      tenant, KeyThreads.causeOf(failure).getMessage());
                  return null;
                });
      }
    }

    synchronized void retireBefore(long generation) {
      PanKey key = current;
      if (key != null && key.generation() < generation) {
        current = null;
        leave(key);
      }
    }

    synchronized void giveUp() {
      current = null;
      flight = null;
      given++;
    }

    private CompletableFuture<PanKey> takeOff() {
      CompletableFuture<PanKey> started = new CompletableFuture<>();
      flight = started;
      long before = given;
      opener
          .make(tenant, KeyPurpose.PAN, 1)
          .thenCompose(this::proven)
          .thenCompose(this::store)
          .whenComplete((made, failure) -> land(started, before, made, failure));
      return started;
    }

    // A card sealed under a key that cannot be had again is lost, so the wrapped key has to open,
    // to
    // the same key, before its first use.
    private CompletionStage<OpenKey> proven(OpenKey made) {
      made.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
      return opener
          .open(made.row())
          .exceptionallyCompose(
              failure ->
                  CompletableFuture.failedFuture(
                      KeyThreads.causeOf(failure) instanceof ProblemException problem
                              && problem.code() == ProblemCode.INTEGRITY_FAILURE
                          ? ProblemException.of(ProblemCode.KEY_SERVER_UNAVAILABLE, failure)
                          : failure));
    }

    private CompletionStage<PanKey> store(OpenKey made) {
      return threads
          .blocking(() -> panKey(made, store.addPanKey(made.row())))
          .whenComplete(
              (key, failure) -> {
                if (failure != null) {
                  made.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
                }
              });
    }

    private PanKey panKey(OpenKey made, long generation) {
      long age = config.panKeyAge().toMillis();
      long born = made.row().createdAt().toEpochMilli();
      return new PanKey(
          made, generation, born + age, born + age - age / 24, config.panKeyRecords());
    }

    private void land(
        CompletableFuture<PanKey> started,
        long before,
        @Nullable PanKey made,
        @Nullable Throwable failure) {
      boolean wanted;
      synchronized (this) {
        wanted = before == given;
        if (wanted) {
          flight = null;
        }
        if (wanted && made != null) {
          PanKey old = current;
          if (old != null) {
            leave(old);
          }
          byId.put(made.key().id(), made);
          current = made;
        }
      }
      if (made == null) {
        started.completeExceptionally(
            failure == null ? new IllegalStateException() : KeyThreads.causeOf(failure));
      } else {
        if (!wanted) {
          made.key().wipe(ProblemCode.KEY_SERVER_SEALED);
        }
        started.complete(made);
      }
    }
  }
}
