package dev.cardvault.clients;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some clients of a longer list.
 *
 * @param data the clients, oldest first
 * @param nextCursor where the list goes on; {@code null} at its end
 */
public record ClientPage(List<Client> data, @Nullable String nextCursor) {

  public ClientPage {
    data = List.copyOf(data);
  }
}
