package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureState;
import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.Reason;
import dev.cardvault.vault.CallContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A capture as all nodes know it: no digit.
 *
 * @param id its number
 * @param owner the name of the node that holds its digits
 * @param address where other nodes reach that one
 * @param state where it was when its owner last wrote
 * @param leased whether its owner is still believed to hold it
 * @param secrets the hashes of its secrets
 * @param call the call it is on
 * @param expiresAt when it expires
 * @param token the token it ended in
 */
record CaptureRow(
    UUID id,
    String owner,
    @Nullable URI address,
    CaptureState state,
    boolean leased,
    SecretHashes secrets,
    CallContext call,
    Instant expiresAt,
    @Nullable UUID token) {

  /** Where it is: one whose owner fell silent is lost, whether or not that is written already. */
  CaptureState truth() {
    return state.isEnd() || leased ? state : CaptureState.LOST;
  }

  CaptureView view() {
    CaptureState truth = truth();
    return new CaptureView(
        truth,
        null,
        List.of(),
        null,
        null,
        truth == CaptureState.LOST ? Reason.RESTART_REQUIRED : null,
        Duration.ZERO,
        Duration.ZERO);
  }
}
