package dev.cardvault.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true. */
public final class Patience {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Patience() {}

  /** Returns once {@code condition} holds; fails when it does not within 20 seconds. */
  public static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("Did not happen within " + LONGEST);
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
