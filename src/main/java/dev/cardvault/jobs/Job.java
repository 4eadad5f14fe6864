package dev.cardvault.jobs;

import dev.cardvault.access.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Work that takes longer than a request.
 *
 * @param id names it
 * @param tenant whose it is
 * @param type what is done
 * @param parameters to what, as JSON
 * @param state where it stands
 * @param progress how much has been done, in units of the type
 * @param result what came of it, as JSON
 * @param problem why it failed, as a problem code
 * @param attempt how often it was begun
 * @param createdAt when it was asked for
 * @param createdBy by which client
 * @param finishedAt when it ended
 */
public record Job(
    UUID id,
    TenantId tenant,
    String type,
    String parameters,
    State state,
    long progress,
    @Nullable String result,
    @Nullable String problem,
    int attempt,
    Instant createdAt,
    String createdBy,
    @Nullable Instant finishedAt) {

  /** Where a job stands. */
  public enum State {
    /** Nobody has begun. */
    QUEUED,
    /** A node is at it. */
    RUNNING,
    /** It has ended well. */
    DONE,
    /** It has ended, and not well. */
    FAILED,
    /** Somebody has stopped it. */
    CANCELLED
  }
}
