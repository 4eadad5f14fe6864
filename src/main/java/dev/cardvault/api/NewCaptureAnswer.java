package dev.cardvault.api;

import dev.cardvault.sessions.Opened;
import java.time.Instant;

/**
 * A new capture. Its secrets are told this once.
 *
 * @param id names it
 * @param object always {@code capture}
 * @param expiresAt when it expires
 * @param keysSecret appends keys, and does nothing else
 * @param observerSecret watches, and does nothing else
 * @param linkCode six digits that tie call and screen, for a while
 * @param agentPage where an agent watches it
 * @param view how it stands
 */
record NewCaptureAnswer(
    String id,
    String object,
    Instant expiresAt,
    String keysSecret,
    String observerSecret,
    String linkCode,
    String agentPage,
    CaptureFields view) {

  static NewCaptureAnswer of(Opened opened) {
    return new NewCaptureAnswer(
        opened.id(),
        "capture",
        opened.expiresAt(),
        opened.keysSecret().reveal(),
        opened.observerSecret().reveal(),
        opened.linkCode(),
        "/agent/" + opened.id(),
        CaptureFields.of(opened.view()));
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "NewCaptureAnswer[redacted]";
  }
}
