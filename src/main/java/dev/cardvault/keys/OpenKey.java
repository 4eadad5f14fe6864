package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A managed key in the clear, with the engines that are keyed with it. Everything derived from the
 * key lives here and is wiped with it; a user that is at work when the wipe comes finishes first.
 */
final class OpenKey implements Wipeable {

  private static final int SLOTS = 16;

  private final ManagedKey row;
  private final KeyBytes bytes;
  private final WipeableKey key;
  private final SecureRandom random;

  // One engine a slot, taken while in use; threads that meet in a slot make a second engine.
  private final AtomicReferenceArray<@Nullable Engine> engines = new AtomicReferenceArray<>(SLOTS);

  // How many are using it, and one more until it is wiped.
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile @Nullable ProblemCode gone;

  /** Takes ownership of {@code bytes}. */
  OpenKey(ManagedKey row, KeyBytes bytes, SecureRandom random) {
    this.row = row;
    this.bytes = bytes;
    this.key = new WipeableKey(bytes, "AES");
    this.random = random;
  }

  UUID id() {
    return row.id();
  }

  int version() {
    return row.version();
  }

  ManagedKey row() {
    return row;
  }

  /**
   * What {@code work} makes of an engine keyed with this key.
   *
   * @throws ProblemException {@code key-server-sealed} or {@code key-server-unavailable} when the
   *     key has been wiped meanwhile
   */
  <R> R use(Function<Engine, R> work) {
    enter();
    int slot = (int) Thread.currentThread().getId() & (SLOTS - 1);
    Engine engine = engines.getAndSet(slot, null);
    try {
      if (engine == null) {
        engine = new Engine(key, random);
      }
      return work.apply(engine);
    } finally {
      leave(slot, engine);
    }
  }

  /** What {@code work} makes of the key's bytes, which it may not keep. */
  <R> R useBytes(Function<byte[], R> work) {
    enter();
    try {
      return work.apply(bytes.bytes());
    } finally {
      leave(0, null);
    }
  }

  @Override
  public void wipe(ProblemCode why) {
    synchronized (this) {
      if (gone != null) {
        return;
      }
      gone = why;
    }
    release();
  }

  boolean isWiped() {
    return users.get() == 0;
  }

  private void enter() {
    users.incrementAndGet();
    ProblemCode why = gone;
    if (why != null) {
      release();
      throw ProblemException.of(why).retryAfter(Duration.ofSeconds(2));
    }
  }

  private void leave(int slot, @Nullable Engine engine) {
    if (engine != null) {
      Engine second = engines.getAndSet(slot, engine);
      if (second != null) {
        second.wipe();
      }
    }
    release();
  }

  private void release() {
    if (users.decrementAndGet() == 0) {
      for (int slot = 0; slot < SLOTS; slot++) {
        Engine engine = engines.getAndSet(slot, null);
        if (engine != null) {
          engine.wipe();
        }
      }
      bytes.close();
    }
  }

  @Override
  public String toString() {
    return "OpenKey[" + row.id() + "]";
  }
}
