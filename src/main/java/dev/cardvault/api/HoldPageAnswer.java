package dev.cardvault.api;

import dev.cardvault.retention.HoldPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of legal holds.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record HoldPageAnswer(List<HoldAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static HoldPageAnswer of(HoldPage page) {
    return new HoldPageAnswer(
        page.data().stream().map(HoldAnswer::of).toList(),
        page.next() == null ? null : Query.cursor(page.next()),
        page.next() != null);
  }
}
