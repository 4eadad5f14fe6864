package dev.cardvault.alerts;

import java.time.Duration;
import java.time.Instant;

/** How many within the last minutes, counted by the minute. */
final class Window {

  private final long[] minutes;
  private final int[] counts;

  /** Looks back so far, a whole number of minutes. */
  Window(Duration length) {
    int size = (int) length.toMinutes() + 1;
    minutes = new long[size];
    counts = new int[size];
  }

  /** Counts one more at {@code instant}, and tells how many there are within the window. */
  int add(Instant instant) {
    long minute = instant.getEpochSecond() / 60;
    int slot = (int) (minute % minutes.length);
    if (minutes[slot] != minute) {
      minutes[slot] = minute;
      counts[slot] = 0;
    }
    counts[slot]++;
    int sum = 0;
    for (int i = 0; i < minutes.length; i++) {
      if (minute - minutes[i] < minutes.length && minutes[i] <= minute) {
        sum += counts[i];
      }
    }
    return sum;
  }
}
