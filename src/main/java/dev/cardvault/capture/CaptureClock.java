package dev.cardvault.capture;

import java.time.YearMonth;

/** What a capture knows of time. */
public interface CaptureClock {

  /** Milliseconds since some moment; never goes back, whatever is done to the wall clock. */
  long millis();

  /** The month by which cards are judged. */
  YearMonth month();
}
