package dev.cardvault.api;

import dev.cardvault.review.DailyReport;
import dev.cardvault.review.DailyReview;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A day's review; see {@link DailyReview}. */
record ReviewAnswer(
    LocalDate day,
    String object,
    DailyReport report,
    Instant madeAt,
    boolean over,
    @Nullable Instant signedAt,
    @Nullable String signedBy,
    @Nullable String reviewer,
    @Nullable String note) {

  static ReviewAnswer of(DailyReview review) {
    return new ReviewAnswer(
        review.day(),
        "daily_review",
        review.report(),
        review.madeAt(),
        review.over(),
        review.signedAt(),
        review.signedBy(),
        review.reviewer(),
        review.note());
  }
}
