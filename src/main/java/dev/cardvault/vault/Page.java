package dev.cardvault.vault;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param data its entries
 * @param nextCursor where the next page begins; {@code null} on the last
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

  public Page {
    data = List.copyOf(data);
  }
}
