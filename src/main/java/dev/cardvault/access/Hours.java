package dev.cardvault.access;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The part of each day in which a client may call; it may span midnight.
 *
 * @param from the first minute that is inside
 * @param to the first minute that is outside again
 * @param zone whose clock counts
 */
public record Hours(LocalTime from, LocalTime to, ZoneId zone) {

  /** Whether {@code instant} is inside. */
  public boolean contain(Instant instant) {
    LocalTime time = instant.atZone(zone).toLocalTime();
    return from.isBefore(to)
        ? !time.isBefore(from) && time.isBefore(to)
        : !time.isBefore(from) || time.isBefore(to);
  }
}
