package dev.cardvault.api;

import dev.cardvault.database.KeyedPage;
import dev.cardvault.review.DailyReview;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of reviews.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record ReviewPageAnswer(List<ReviewAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static ReviewPageAnswer of(KeyedPage<DailyReview, LocalDate> page) {
    return new ReviewPageAnswer(
        page.data().stream().map(ReviewAnswer::of).toList(),
        page.next() == null ? null : Query.cursor(page.next()),
        page.next() != null);
  }
}
