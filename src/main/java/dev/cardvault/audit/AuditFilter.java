package dev.cardvault.audit;

import dev.cardvault.access.Purpose;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events to show; what is {@code null} does not narrow.
 *
 * @param from at or after
 * @param to before
 * @param clientId asked by this client
 * @param actor asked by this client or person, by name
 * @param action what was asked for
 * @param outcome how it was answered
 * @param token on the token of this id ({@code tok_} and a UUID) or text
 * @param purpose stated with this purpose
 * @param referenceId stated for the business record of this id
 * @param callId on this call
 * @param sourceAddress from this address
 */
public record AuditFilter(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String clientId,
    @Nullable String actor,
    @Nullable Action action,
    @Nullable Outcome outcome,
    @Nullable String token,
    @Nullable Purpose purpose,
    @Nullable String referenceId,
    @Nullable String callId,
    @Nullable String sourceAddress) {

  /** A token's text would end up in logs with this record; it is left out. */
  @Override
  public String toString() {
    return "AuditFilter[" + action + "]";
  }
}
