package dev.cardvault.api;

import dev.cardvault.alerts.Alert;
import dev.cardvault.database.KeyedPage;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record AlertPageAnswer(List<AlertAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static AlertPageAnswer of(KeyedPage<Alert, UUID> page) {
    return new AlertPageAnswer(
        page.data().stream().map(AlertAnswer::of).toList(),
        page.next() == null ? null : Query.cursor(page.next()),
        page.next() != null);
  }
}
