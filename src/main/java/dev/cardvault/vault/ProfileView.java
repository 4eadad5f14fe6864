package dev.cardvault.vault;

import java.time.Instant;
import java.util.UUID;

/**
 * A token profile as it is.
 *
 * @param id its row
 * @param draft what its owner decided
 * @param createdAt when it was made
 * @param createdBy by which client
 * @param changedAt when it last changed
 */
public record ProfileView(
    UUID id, ProfileDraft draft, Instant createdAt, String createdBy, Instant changedAt) {}
