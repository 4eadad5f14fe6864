package dev.cardvault.alerts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something unusual that somebody has to look at.
 *
 * @param id names it
 * @param rule which rule found it
 * @param clientId who did it
 * @param about what it is about, beside the client
 * @param summary for people
 * @param eventId the first event that made it so
 * @param raisedAt when that was
 * @param lastAt when it was found the last time
 * @param occurrences how often it was found
 * @param response what was done to the client
 * @param state {@code open}, {@code acknowledged} or {@code resolved}
 * @param acknowledgedAt when somebody took it on
 * @param acknowledgedBy who
 * @param resolvedAt when it was dealt with
 * @param resolvedBy by whom
 * @param note what was found out
 */
public record Alert(
    UUID id,
    Rule rule,
    String clientId,
    String about,
    String summary,
    UUID eventId,
    Instant raisedAt,
    Instant lastAt,
    int occurrences,
    Response response,
    String state,
    @Nullable Instant acknowledgedAt,
    @Nullable String acknowledgedBy,
    @Nullable Instant resolvedAt,
    @Nullable String resolvedBy,
    @Nullable String note) {}
