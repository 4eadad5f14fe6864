package dev.cardvault.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, never for a time. */
public final class Eventually {

  private static final long POLL_MILLIS = 20;

  private Eventually() {}

  /**
   * Returns once {@code condition} holds.
   *
   * @param what the condition in words, for the message when it does not
   * @param limit how long at most
   */
  public static void await(String what, Duration limit, BooleanSupplier condition) {
    await(() -> what, limit, condition);
  }

  /**
   * Returns once {@code condition} holds.
   *
   * @param what the condition in words, asked once it did not hold in time
   * @param limit how long at most
   */
  public static void await(Supplier<String> what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Not within " + limit.toMillis() + " ms: " + what.get());
      }
      pause();
    }
  }

  private static void pause() {
    try {
      // A latch nobody opens: the poll's pace, not a wait for something to have happened.
      boolean opened = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
      assert !opened;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
