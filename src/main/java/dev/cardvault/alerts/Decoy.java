package dev.cardvault.alerts;

import java.time.Instant;
import java.util.UUID;

/**
 * A token that nobody has a reason to touch.
 *
 * @param token its id
 * @param note why, and where it was put
 * @param createdAt since when
 * @param createdBy by which client
 */
public record Decoy(UUID token, String note, Instant createdAt, String createdBy) {}
