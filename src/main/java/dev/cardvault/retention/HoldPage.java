package dev.cardvault.retention;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some legal holds.
 *
 * @param data newest first
 * @param next the one after which to go on; {@code null} when there are no more
 */
public record HoldPage(List<LegalHold> data, @Nullable UUID next) {

  public HoldPage {
    data = List.copyOf(data);
  }
}
