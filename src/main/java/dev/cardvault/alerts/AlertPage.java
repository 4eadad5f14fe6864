package dev.cardvault.alerts;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of alerts.
 *
 * @param data newest first
 * @param next the alert after which the next page begins; {@code null} on the last
 */
public record AlertPage(List<Alert> data, @Nullable UUID next) {

  public AlertPage {
    data = List.copyOf(data);
  }
}
