package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The PAN key with which this node seals for one tenant, until it has done enough (SP 800-57, 5.3:
 * a cryptoperiod in time and in use).
 */
final class PanKey {

  private final OpenKey key;
  private final long generation;
  private final long until;
  private final long soon;
  private final long most;
  private final AtomicLong records = new AtomicLong();
  private final CompletionStage<SealingKey> sealing;
  private final OpeningKey opening;
  private volatile long noted;

  /**
   * A key that has sealed nothing yet.
   *
   * @param generation how often the tenant's keys had been rotated when it was made
   * @param until the milliseconds of the epoch when its time is over
   * @param soon when its successor should be made
   * @param most how many records it may seal
   */
  PanKey(OpenKey key, long generation, long until, long soon, long most) {
    this.key = key;
    this.generation = generation;
    this.until = until;
    this.soon = soon;
    this.most = most;
    this.sealing = CompletableFuture.completedStage(new SealingKey(key));
    this.opening = new OpeningKey(key);
  }

  /** Whether one more record may be sealed at {@code now}; counts it. */
  boolean take(long now) {
    return now < until && !key.isWiped() && records.incrementAndGet() <= most;
  }

  /** Whether its successor should be made. */
  boolean isEnding(long now) {
    return now >= soon || records.get() > most - most / 8;
  }

  CompletionStage<SealingKey> sealing() {
    return sealing;
  }

  OpeningKey opening() {
    return opening;
  }

  OpenKey key() {
    return key;
  }

  TenantId tenant() {
    return key.row().tenant();
  }

  long generation() {
    return generation;
  }

  /** How many records to note in the database; 0 when all are noted. */
  long recordsToNote() {
    long now = Math.min(records.get(), most);
    return now == noted ? 0 : now;
  }

  void noted(long count) {
    noted = count;
  }
}
