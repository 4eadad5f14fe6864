package dev.cardvault.alerts;

import java.util.Set;

/**
 * What a client used to do.
 *
 * @param busiestHour PANs in the busiest hour of the last two weeks
 * @param revealDays on how many days of the last four weeks it saw PANs
 * @param revealHours the hours of the day, UTC, in which it did
 * @param networks where it has called from
 */
record History(long busiestHour, int revealDays, Set<Integer> revealHours, Set<String> networks) {

  History {
    revealHours = Set.copyOf(revealHours);
    networks = Set.copyOf(networks);
  }
}
