package dev.cardvault.api;

import dev.cardvault.retention.LegalHold;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A legal hold; see {@link LegalHold}. */
record HoldAnswer(
    String id,
    String object,
    String reason,
    Instant placedAt,
    String placedBy,
    @Nullable Instant releasedAt,
    @Nullable String releasedBy) {

  static HoldAnswer of(LegalHold hold) {
    return new HoldAnswer(
        hold.publicId(),
        "legal_hold",
        hold.reason(),
        hold.placedAt(),
        hold.placedBy(),
        hold.releasedAt(),
        hold.releasedBy());
  }
}
