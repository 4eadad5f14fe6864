package dev.cardvault.api;

import dev.cardvault.clients.ClientPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of clients. */
record ClientsAnswer(List<ClientAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static ClientsAnswer of(ClientPage page, Instant now) {
    return new ClientsAnswer(
        page.data().stream().map(client -> ClientAnswer.of(client, now)).toList(),
        page.nextCursor(),
        page.nextCursor() != null);
  }
}
