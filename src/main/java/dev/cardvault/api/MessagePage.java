package dev.cardvault.api;

import dev.cardvault.outbox.Sent;
import dev.cardvault.outbox.SentPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was sent.
 *
 * @param data the messages, newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record MessagePage(List<Entry> data, @Nullable String nextCursor, boolean hasMore) {

  static MessagePage of(SentPage page) {
    return new MessagePage(
        page.data().stream().map(Entry::of).toList(), page.nextCursor(), page.nextCursor() != null);
  }

  /** How a message fares. */
  record Entry(
      String id,
      String object,
      String kind,
      String state,
      int attempts,
      @Nullable String lastResult,
      Instant createdAt,
      Instant dueAt,
      Instant expiresAt,
      @Nullable Instant settledAt) {

    static Entry of(Sent sent) {
      return new Entry(
          "msg_" + sent.id(),
          "message",
          sent.kind(),
          sent.state(),
          sent.attempts(),
          sent.lastResult(),
          sent.createdAt(),
          sent.dueAt(),
          sent.expiresAt(),
          sent.settledAt());
    }
  }
}
