package dev.cardvault.api;

import dev.cardvault.database.KeyedPage;
import dev.cardvault.retention.LegalHold;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of legal holds.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record HoldPageAnswer(List<HoldAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static HoldPageAnswer of(KeyedPage<LegalHold, UUID> page) {
    return new HoldPageAnswer(
        page.data().stream().map(HoldAnswer::of).toList(),
        page.next() == null ? null : Query.cursor(page.next()),
        page.next() != null);
  }
}
