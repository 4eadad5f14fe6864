package dev.cardvault.sessions;

import java.time.Instant;

/**
 * A tenant's rules for how cards are keyed.
 *
 * @param name its name within the tenant
 * @param settings its settings as JSON, checked where they were given
 * @param createdAt when it was made
 * @param createdBy by which client
 * @param changedAt when it last changed
 */
public record CaptureProfile(
    String name, String settings, Instant createdAt, String createdBy, Instant changedAt) {}
