package dev.cardvault.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of events.
 *
 * @param data the events, newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 */
public record AuditPage(List<AuditRecord> data, @Nullable String nextCursor) {

  public AuditPage {
    data = List.copyOf(data);
  }
}
