package dev.cardvault.api;

import dev.cardvault.alerts.AlertPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record AlertPageAnswer(List<AlertAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static AlertPageAnswer of(AlertPage page) {
    return new AlertPageAnswer(
        page.data().stream().map(AlertAnswer::of).toList(),
        page.next() == null ? null : Query.cursor(page.next()),
        page.next() != null);
  }
}
