package dev.cardvault.api;

import dev.cardvault.audit.AuditPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit log.
 *
 * @param data the events, newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record EventPage(List<EventAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static EventPage of(AuditPage page) {
    return new EventPage(
        page.data().stream().map(EventAnswer::of).toList(),
        page.nextCursor(),
        page.nextCursor() != null);
  }
}
