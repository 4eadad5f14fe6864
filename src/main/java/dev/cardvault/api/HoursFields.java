package dev.cardvault.api;

import dev.cardvault.access.Hours;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The part of each day in which a client may call.
 *
 * @param from the first minute inside, like {@code 08:00}
 * @param to the first minute outside again
 * @param zone whose clock counts, like {@code Europe/Vienna}
 */
record HoursFields(@Nullable String from, @Nullable String to, @Nullable String zone) {

  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm");

  static @Nullable HoursFields of(@Nullable Hours hours) {
    return hours == null
        ? null
        : new HoursFields(
            MINUTES.format(hours.from()), MINUTES.format(hours.to()), hours.zone().getId());
  }

  Hours checked() {
    return new Hours(time(from, "/hours/from"), time(to, "/hours/to"), zoneId());
  }

  private static LocalTime time(@Nullable String text, String pointer) {
    try {
      return LocalTime.parse(Fields.required(text, pointer), MINUTES);
    } catch (DateTimeException e) {
      throw Fields.invalid(pointer, "A time of day is written like 08:00");
    }
  }

  private ZoneId zoneId() {
    try {
      return ZoneId.of(Fields.required(zone, "/hours/zone"));
    } catch (DateTimeException e) {
      throw Fields.invalid("/hours/zone", "A time zone is written like Europe/Vienna");
    }
  }
}
