package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureView;
import java.time.Instant;

/**
 * A new capture, with what is told only now.
 *
 * @param id its id
 * @param expiresAt when it expires
 * @param keysSecret appends keys
 * @param observerSecret watches
 * @param linkCode six digits that tie call and screen
 * @param view how it stands
 */
public record Opened(
    String id,
    Instant expiresAt,
    Secret keysSecret,
    Secret observerSecret,
    String linkCode,
    CaptureView view) {

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "Opened[redacted]";
  }
}
