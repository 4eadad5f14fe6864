package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opened keys, for a bounded time and in a bounded number, one flight to the key server a key. What
 * leaves is wiped: at once when the key server is sealed, otherwise some seconds after it was last
 * handed out, so that a request at work can finish, but never later than its age.
 *
 * @param <K> what a key is asked for by
 * @param <V> the key, or several that live together
 */
final class KeyCache<K, V extends Wipeable> {

  private static final Duration LONGEST_GRACE = Duration.ofSeconds(10);
  private static final Duration REFRESH_PAUSE = Duration.ofSeconds(5);

  private final long age;
  private final long grace;
  private final long refresh;
  private final int size;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<K, Entry> entries = new ConcurrentHashMap<>();
  private final Queue<Entry> leaving = new ConcurrentLinkedQueue<>();

  /**
   * An empty cache.
   *
   * @param age how long a key may stay in memory, from when it was opened
   * @param refresh from which age on a key that is still asked for is opened anew in the background
   * @param size how many keys may stay
   * @param nanoTime a clock that never goes back
   */
  KeyCache(Duration age, Duration refresh, int size, LongSupplier nanoTime) {
    this.age = age.toNanos();
    this.grace = Math.min(LONGEST_GRACE.toNanos(), this.age / 10);
    this.refresh = refresh.toNanos();
    this.size = size;
    this.nanoTime = nanoTime;
  }

  /** The key when it is here, else nothing. Never waits, never loads. */
  @Nullable V ifPresent(K key) {
    Entry entry = entries.get(key);
    return entry == null || entry.isOver(nanoTime.getAsLong()) ? null : entry.value;
  }

  /** The key, loaded when it is not here. All who ask meanwhile wait for the same load. */
  CompletionStage<V> get(K key, Function<K, CompletionStage<V>> load) {
    long now = nanoTime.getAsLong();
    Entry entry = entries.get(key);
    if (entry == null || entry.isOver(now)) {
      Entry fresh = new Entry();
      entry =
          entries.compute(
              key,
              (k, there) -> there == null || there.isOver(now) ? replaced(there, fresh) : there);
      if (entry == fresh) {
        load(key, fresh, load);
      }
    } else if (entry.isDue(now)) {
      refresh(key, entry, load);
    }
    return entry.stage;
  }

  /** Lets go of what is too old. To be called every second or so. */
  void sweep() {
    long now = nanoTime.getAsLong();
    entries.forEach(
        (key, entry) -> {
          if (entry.isOver(now) && entries.remove(key, entry)) {
            leave(entry);
          }
        });
    leaving.removeIf(
        entry -> {
          boolean over = now - entry.wipeAt >= 0;
          if (over) {
            entry.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
          }
          return over;
        });
  }

  /** Lets go of {@code key}, so that it is read anew. */
  void forget(K key) {
    Entry entry = entries.remove(key);
    if (entry != null) {
      leave(entry);
    }
  }

  /** Wipes everything now, also what is still being loaded; its users fail with {@code why}. */
  void wipeAll(ProblemCode why) {
    for (K key : entries.keySet()) {
      Entry entry = entries.remove(key);
      if (entry != null) {
        entry.wipe(why);
      }
    }
    for (Entry entry = leaving.poll(); entry != null; entry = leaving.poll()) {
      entry.wipe(why);
    }
  }

  /** How many keys are here. */
  int size() {
    return entries.size();
  }

  private Entry replaced(@Nullable Entry old, Entry fresh) {
    if (old != null) {
      leave(old);
    }
    return fresh;
  }

  private void load(K key, Entry entry, Function<K, CompletionStage<V>> load) {
    start(key, load)
        .whenComplete(
            (value, failure) -> {
              if (failure != null) {
                entries.remove(key, entry);
                entry.fail(failure);
              } else {
                entry.fill(value, nanoTime.getAsLong());
                makeRoom();
              }
            });
  }

  // A key that is in use never makes anybody wait, as long as the key server answers.
  private void refresh(K key, Entry old, Function<K, CompletionStage<V>> load) {
    if (!old.claimRefresh(nanoTime.getAsLong())) {
      return;
    }
    start(key, load)
        .whenComplete(
            (value, failure) -> {
              if (failure != null) {
                return;
              }
              Entry fresh = new Entry();
              fresh.fill(value, nanoTime.getAsLong());
              if (entries.replace(key, old, fresh)) {
                leave(old);
              } else {
                fresh.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
              }
            });
  }

  private CompletionStage<V> start(K key, Function<K, CompletionStage<V>> load) {
    try {
      return load.apply(key);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void leave(Entry entry) {
    long afterGrace = nanoTime.getAsLong() + grace;
    long atItsAge = entry.value == null ? afterGrace : entry.since + age;
    entry.wipeAt = afterGrace - atItsAge < 0 ? afterGrace : atItsAge;
    leaving.add(entry);
  }

  private void makeRoom() {
    int surplus = entries.size() - size;
    if (surplus <= 0) {
      return;
    }
    // Some more than needed, so that a full cache is not sorted for every key.
    List<K> oldest =
        entries.entrySet().stream()
            .filter(e -> e.getValue().value != null)
            .sorted(Comparator.comparingLong(e -> e.getValue().since))
            .limit(surplus + size / 16)
            .map(e -> e.getKey())
            .toList();
    oldest.forEach(this::forget);
  }

  private final class Entry {

    private final CompletableFuture<V> future = new CompletableFuture<>();
    final CompletionStage<V> stage = future.minimalCompletionStage();
    volatile @Nullable V value;
    volatile long since;
    volatile long wipeAt;
    private volatile long refreshAt;
    private @Nullable ProblemCode wiped;

    boolean isOver(long now) {
      return value != null && now - since >= age - grace;
    }

    boolean isDue(long now) {
      return value != null && now - refreshAt >= 0;
    }

    synchronized boolean claimRefresh(long now) {
      if (!isDue(now)) {
        return false;
      }
      refreshAt = now + REFRESH_PAUSE.toNanos();
      return true;
    }

    void fill(V opened, long now) {
      ProblemCode why;
      synchronized (this) {
        why = wiped;
        if (why == null) {
          since = now;
          refreshAt = now + refresh;
          value = opened;
        }
      }
      if (why == null) {
        future.complete(opened);
      } else {
        opened.wipe(why);
        future.completeExceptionally(ProblemException.of(why));
      }
    }

    void fail(Throwable failure) {
      future.completeExceptionally(failure);
    }

    void wipe(ProblemCode why) {
      V opened;
      synchronized (this) {
        wiped = why;
        opened = value;
      }
      if (opened != null) {
        opened.wipe(why);
      }
    }
  }
}
