package dev.cardvault.capture;

/** The clocks of a capture: what is due when, in milliseconds of its {@link CaptureClock}. */
final class Countdown {

  private static final long A_YEAR = 365L * 24 * 3600 * 1000;

  private final Limits limits;
  private final long started;
  private long asked;
  private long lastKey;

  Countdown(Limits limits, long now) {
    this.limits = limits;
    this.started = now;
    this.asked = now;
    this.lastKey = now;
  }

  /** A field is asked for: the clock to the first digit starts. */
  void ask(long now) {
    asked = now;
  }

  /** A key came: the clock between digits starts. */
  void key(long now) {
    lastKey = now;
  }

  /** Whether a key now belongs to the same entry as the one before. */
  boolean isSameBurst(long now) {
    return now - lastKey < limits.acceptAfter().toMillis();
  }

  boolean linkIsOver(long now) {
    return now >= linkEndsAt();
  }

  long linkEndsAt() {
    return Math.min(expiresAt(), started + limits.linkTime().toMillis());
  }

  long expiresAt() {
    return started + limits.lifetime().toMillis();
  }

  long firstDigitDueAt() {
    return Math.min(expiresAt(), asked + limits.firstDigit().toMillis());
  }

  /** When an entry is taken as it is: soon where it is complete, later where digits are missing. */
  long nextDigitDueAt(boolean complete) {
    long span = (complete ? limits.acceptAfter() : limits.betweenDigits()).toMillis();
    return Math.min(expiresAt(), Math.max(asked, lastKey) + span);
  }

  long never() {
    return started + A_YEAR;
  }
}
