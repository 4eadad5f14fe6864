package dev.cardvault.api;

import dev.cardvault.alerts.Alert;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An alert; see {@link Alert}. */
record AlertAnswer(
    String id,
    String object,
    String rule,
    String clientId,
    String about,
    String summary,
    String eventId,
    Instant raisedAt,
    Instant lastAt,
    int occurrences,
    String response,
    String state,
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant resolvedAt,
    @Nullable String resolvedBy,
    @Nullable String note) {

  static AlertAnswer of(Alert alert) {
    return new AlertAnswer(
        "alr_" + alert.id(),
        "alert",
        alert.rule().code(),
        alert.clientId(),
        alert.about(),
        alert.summary(),
        "evt_" + alert.eventId(),
        alert.raisedAt(),
        alert.lastAt(),
        alert.occurrences(),
        alert.response().code(),
        alert.state(),
        alert.acknowledgedAt(),
        alert.acknowledgedBy(),
        alert.resolvedAt(),
        alert.resolvedBy(),
        alert.note());
  }
}
