package dev.cardvault.outbox;

import java.time.Duration;

/**
 * How long to wait before the next attempt: twice as long each time, and between half and all of
 * that by chance, so that those who failed together do not come back together.
 *
 * @param first after the first failure, at most
 * @param longest at most, however many failed
 */
record BackOff(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  /**
   * The wait.
   *
   * @param attempts how many have failed, from 1
   * @param chance 0 to 1
   */
  Duration after(int attempts, double chance) {
    long doubled = first.toMillis() << Math.min(attempts - 1, MOST_DOUBLINGS);
    long most = Math.min(longest.toMillis(), Math.max(doubled, first.toMillis()));
    return Duration.ofMillis(most / 2 + (long) (most / 2.0 * chance));
  }
}
