package dev.cardvault.retention;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reason why nothing of a tenant's log may go.
 *
 * @param reason which case it is for
 * @param placedAt since when
 * @param placedBy by which client
 * @param releasedAt until when; {@code null} while it stands
 * @param releasedBy by which client it was released
 */
public record LegalHold(
    UUID id,
    String reason,
    Instant placedAt,
    String placedBy,
    @Nullable Instant releasedAt,
    @Nullable String releasedBy) {

  /** What its public id begins with. */
  public static final String PREFIX = "hld";

  /** Its public id, {@code hld_...}. */
  public String publicId() {
    return PREFIX + "_" + id;
  }
}
