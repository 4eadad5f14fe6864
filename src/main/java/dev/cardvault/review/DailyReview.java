package dev.cardvault.review;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A day's report, and who has looked at it.
 *
 * @param day the day, UTC
 * @param report what happened
 * @param madeAt when it was summed up
 * @param over whether the day is, so that it can be signed
 * @param signedAt when somebody signed it
 * @param signedBy with which client
 * @param reviewer that person's name
 * @param note what they noted
 */
public record DailyReview(
    LocalDate day,
    DailyReport report,
    Instant madeAt,
    boolean over,
    @Nullable Instant signedAt,
    @Nullable String signedBy,
    @Nullable String reviewer,
    @Nullable String note) {}
