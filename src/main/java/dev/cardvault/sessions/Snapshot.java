package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureView;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.TokenView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A capture as its controller sees it.
 *
 * @param id its id
 * @param view how it stands
 * @param call the call it is on
 * @param expiresAt when it expires, or would have
 * @param token the token it ended in
 */
public record Snapshot(
    String id, CaptureView view, CallContext call, Instant expiresAt, @Nullable TokenView token) {

  static Snapshot of(Session session) {
    return new Snapshot(
        session.id().text(),
        session.view(),
        session.plan().call(),
        session.expiresAt(),
        session.token());
  }
}
