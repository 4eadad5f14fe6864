package dev.cardvault.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Times as leaves write them: {@code 2026-11-25T08:00:00.120Z} and no other way. By hand, since a
 * verifier reads millions of them and a general parser takes longer than all the rest.
 */
final class LeafTime {

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final String FORM = "0000-00-00T00:00:00.000Z";
  private static final int HOURS = 24;
  private static final int SIXTY = 60;
  private static final long SECONDS_A_DAY = 86_400;
  private static final long NANOS_A_MILLI = 1_000_000;

  private LeafTime() {}

  static String text(Instant time) {
    return MILLIS.format(time);
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Instant parse(String text) {
    if (text.length() != FORM.length()) {
      throw notOurs();
    }
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(i);
      if (FORM.charAt(i) == '0' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
        throw notOurs();
      }
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour >= HOURS || minute >= SIXTY || second >= SIXTY) {
      throw notOurs();
    }
    try {
      long day =
          LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
      long seconds = day * SECONDS_A_DAY + (hour * SIXTY + minute) * (long) SIXTY + second;
      return Instant.ofEpochSecond(seconds, number(text, 20, 23) * NANOS_A_MILLI);
    } catch (DateTimeException noDay) {
      throw notOurs();
    }
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static IllegalArgumentException notOurs() {
    return new IllegalArgumentException("A time has three digits of a second's fraction, and a Z");
  }
}
