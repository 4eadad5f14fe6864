package dev.cardvault.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved; also as nanoseconds, for spans. */
public final class ManualClock extends Clock {

  private volatile Instant now;

  /** Stands at {@code start}. */
  public ManualClock(Instant start) {
    this.now = start;
  }

  /** Moves it on. */
  public synchronized void advance(Duration span) {
    now = now.plus(span);
  }

  /** Nanoseconds of the epoch. */
  public long nanoTime() {
    Instant time = now;
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Stays in UTC");
  }
}
