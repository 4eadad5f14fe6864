package dev.cardvault.vault;

import dev.cardvault.card.CardBrand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens to list; what is {@code null} does not narrow.
 *
 * @param lastFour the card's last four digits
 * @param brand its network
 * @param status where the token is in its life
 * @param callId the call it was captured on
 * @param profile its profile's name
 * @param createdFrom made at or after
 * @param createdTo made before
 */
public record TokenFilter(
    @Nullable String lastFour,
    @Nullable CardBrand brand,
    @Nullable TokenStatus status,
    @Nullable String callId,
    @Nullable String profile,
    @Nullable Instant createdFrom,
    @Nullable Instant createdTo) {}
