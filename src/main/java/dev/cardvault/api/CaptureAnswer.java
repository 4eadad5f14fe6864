package dev.cardvault.api;

import dev.cardvault.sessions.Snapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A capture.
 *
 * @param id names it
 * @param object always {@code capture}
 * @param expiresAt when it expires, or would have
 * @param call the call it is on
 * @param view how it stands
 * @param token the token it ended in; told to who controls it
 */
record CaptureAnswer(
    String id,
    String object,
    Instant expiresAt,
    @Nullable CallFields call,
    CaptureFields view,
    @Nullable TokenAnswer token) {

  static CaptureAnswer of(Snapshot snapshot) {
    var token = snapshot.token();
    return new CaptureAnswer(
        snapshot.id(),
        "capture",
        snapshot.expiresAt(),
        CallFields.of(snapshot.call()),
        CaptureFields.of(snapshot.view()),
        token == null ? null : TokenAnswer.of(token));
  }
}
