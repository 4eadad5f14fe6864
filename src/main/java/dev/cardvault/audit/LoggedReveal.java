package dev.cardvault.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a reveal that is committed.
 *
 * @param eventId its id
 * @param permit what opens the card; {@code null} when the event says that it stays shut
 */
public record LoggedReveal(UUID eventId, @Nullable RevealPermit permit) {

  static LoggedReveal of(UUID eventId, AuditEvent event) {
    UUID token = event.tokenId();
    return new LoggedReveal(
        eventId,
        event.outcome() == Outcome.GRANTED && token != null
            ? new RevealPermit(eventId, token)
            : null);
  }
}
