package dev.cardvault.outbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a message fares.
 *
 * @param number orders the messages of a destination
 * @param id names it
 * @param kind what it is about
 * @param state {@code waiting}, {@code delivered} or {@code failed}
 * @param attempts how often it was tried
 * @param lastResult what came of the last attempt, in a word
 * @param createdAt when it was written
 * @param dueAt when it is tried next, or, while an attempt is under way, when that is given up
 * @param expiresAt after which it is given up
 * @param settledAt when it was delivered or given up
 */
public record Sent(
    long number,
    UUID id,
    String kind,
    String state,
    int attempts,
    @Nullable String lastResult,
    Instant createdAt,
    Instant dueAt,
    Instant expiresAt,
    @Nullable Instant settledAt) {}
