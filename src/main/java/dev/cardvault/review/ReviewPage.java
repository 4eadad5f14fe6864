package dev.cardvault.review;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of reviews.
 *
 * @param data newest first
 * @param next the day before which the next page begins; {@code null} on the last
 */
public record ReviewPage(List<DailyReview> data, @Nullable LocalDate next) {

  public ReviewPage {
    data = List.copyOf(data);
  }
}
