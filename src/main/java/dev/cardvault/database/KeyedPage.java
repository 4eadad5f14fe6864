package dev.cardvault.database;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list that goes by a key.
 *
 * @param data its entries
 * @param next the key of the entry after which the next page begins; {@code null} on the last
 */
public record KeyedPage<T, K>(List<T> data, @Nullable K next) {

  public KeyedPage {
    data = List.copyOf(data);
  }

  /**
   * The page of what was {@code found} when one entry more than {@code limit} was asked for.
   *
   * @param key of an entry
   */
  public static <T, K> KeyedPage<T, K> of(List<T> found, int limit, Function<T, K> key) {
    return found.size() <= limit
        ? new KeyedPage<>(found, null)
        : new KeyedPage<>(found.subList(0, limit), key.apply(found.get(limit - 1)));
  }
}
