package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** All caches of opened keys, so that they can be emptied at once. */
@ApplicationScoped
class KeyCaches {

  private final KeysConfig config;
  private final LongSupplier nanoTime;
  private final Duration refresh;
  private final KeyCache<UUID, OpenedPanKey> panKeys;
  private final List<KeyCache<?, ?>> all = new CopyOnWriteArrayList<>();

  @Inject
  KeyCaches(KeysConfig config) {
    // Ages are spans, so the wall clock may jump as it likes.
    this(config, System::nanoTime);
  }

  KeyCaches(KeysConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    this.refresh = config.cacheAge().multipliedBy(4).dividedBy(5);
    this.panKeys = new KeyCache<>(config.cacheAge(), refresh, config.cacheSize(), nanoTime);
    all.add(panKeys);
  }

  /** PAN keys, whichever node made them. */
  KeyCache<UUID, OpenedPanKey> panKeys() {
    return panKeys;
  }

  /**
   * A new cache of what is needed to make tokens. It is as fresh as the other, but an unreachable
   * key server leaves it as long as a node's PAN key: tokenizing goes on for that time.
   */
  <V extends Wipeable> KeyCache<TenantId, V> ofTenants() {
    KeyCache<TenantId, V> cache =
        new KeyCache<>(config.panKeyAge(), refresh, config.cacheSize(), nanoTime);
    all.add(cache);
    return cache;
  }

  /** Lets go of what is too old. */
  void sweep() {
    all.forEach(KeyCache::sweep);
  }

  /** Wipes everything now. */
  void wipeAll(ProblemCode why) {
    all.forEach(cache -> cache.wipeAll(why));
  }

  /** How many opened keys there are, the nodes' own left out. */
  int size() {
    return all.stream().mapToInt(KeyCache::size).sum();
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }
}
