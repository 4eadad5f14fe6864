package dev.cardvault.vault;

import dev.cardvault.card.CardExpiry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A merge patch of a token (RFC 7396): what is absent stays.
 *
 * @param changesExpiry whether {@code expiresAt} is to be set
 * @param expiresAt when the token stops opening; {@code null} for never
 * @param cardExpiry the card's new expiry; {@code null} to leave it
 * @param metadata entries to set, or to remove where the value is {@code null}; {@code null} to
 *     leave all
 */
public record TokenChange(
    boolean changesExpiry,
    @Nullable Instant expiresAt,
    @Nullable CardExpiry cardExpiry,
    @Nullable Map<String, @Nullable String> metadata) {}
