package dev.cardvault.api;

import dev.cardvault.capture.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller may take, in milliseconds, and how often err.
 *
 * @param firstDigitMs to the first digit of a field
 * @param betweenDigitsMs between two digits
 * @param acceptAfterMs after which a complete field is accepted though longer ones exist
 * @param attempts how often a field may be refused
 * @param lifetimeMs of the whole capture
 * @param linkMs how long the link code is good for
 */
record LimitFields(
    @Nullable Integer firstDigitMs,
    @Nullable Integer betweenDigitsMs,
    @Nullable Integer acceptAfterMs,
    @Nullable Integer attempts,
    @Nullable Integer lifetimeMs,
    @Nullable Integer linkMs) {

  static final LimitFields NONE = new LimitFields(null, null, null, null, null, null);

  /** What is said here, and what {@code base} says where this is silent. */
  LimitFields over(LimitFields base) {
    return new LimitFields(
        first(firstDigitMs, base.firstDigitMs),
        first(betweenDigitsMs, base.betweenDigitsMs),
        first(acceptAfterMs, base.acceptAfterMs),
        first(attempts, base.attempts),
        first(lifetimeMs, base.lifetimeMs),
        first(linkMs, base.linkMs));
  }

  Limits checked() {
    try {
      return new Limits(
          span(firstDigitMs, Limits.DEFAULT.firstDigit()),
          span(betweenDigitsMs, Limits.DEFAULT.betweenDigits()),
          span(acceptAfterMs, Limits.DEFAULT.acceptAfter()),
          attempts == null ? Limits.DEFAULT.attempts() : attempts,
          span(lifetimeMs, Limits.DEFAULT.lifetime()),
          span(linkMs, Limits.DEFAULT.linkTime()));
    } catch (IllegalArgumentException e) {
      throw Fields.invalid(
          "/limits", "A limit lies beyond what is allowed; see the schema CaptureLimits");
    }
  }

  private static Duration span(@Nullable Integer millis, Duration usual) {
    return millis == null ? usual : Duration.ofMillis(millis);
  }

  private static @Nullable Integer first(@Nullable Integer mine, @Nullable Integer theirs) {
    return mine == null ? theirs : mine;
  }
}
