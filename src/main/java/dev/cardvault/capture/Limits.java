package dev.cardvault.capture;

import java.time.Duration;

/**
 * How long a caller may take, and how often err.
 *
 * @param firstDigit to the first digit of a field, 1 s to 60 s
 * @param betweenDigits between two digits, 1 s to 30 s
 * @param acceptAfter after which a field of a legal length is accepted without its end key, though
 *     longer ones exist; 500 ms to 10 s, and not longer than {@code betweenDigits}
 * @param attempts how often a field may be refused, 1 to 10
 * @param lifetime of the whole capture, 30 s to 30 min
 * @param linkTime how long the link code is good for, 10 s to 10 min
 */
public record Limits(
    Duration firstDigit,
    Duration betweenDigits,
    Duration acceptAfter,
    int attempts,
    Duration lifetime,
    Duration linkTime) {

  /** 10 s, 5 s, 2 s, 3 attempts, 10 min, 2 min. */
  public static final Limits DEFAULT =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          3,
          Duration.ofMinutes(10),
          Duration.ofMinutes(2));

  public Limits {
    check(firstDigit, Duration.ofSeconds(1), Duration.ofSeconds(60));
    check(betweenDigits, Duration.ofSeconds(1), Duration.ofSeconds(30));
    check(acceptAfter, Duration.ofMillis(500), Duration.ofSeconds(10));
    check(lifetime, Duration.ofSeconds(30), Duration.ofMinutes(30));
    check(linkTime, Duration.ofSeconds(10), Duration.ofMinutes(10));
    if (attempts < 1 || attempts > 10) {
      throw new IllegalArgumentException("A field has 1 to 10 attempts");
    }
    if (acceptAfter.compareTo(betweenDigits) > 0) {
      throw new IllegalArgumentException("A field is accepted before its caller is given up");
    }
  }

  private static void check(Duration span, Duration least, Duration most) {
    if (span.compareTo(least) < 0 || span.compareTo(most) > 0) {
      throw new IllegalArgumentException("A time is " + least + " to " + most);
    }
  }
}
