package dev.cardvault.alerts;

import dev.cardvault.access.TenantId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit log, as far as rules look at it.
 *
 * @param id the event
 * @param at when it was written
 * @param tenant whose it is
 * @param clientId the client that asked; never absent
 * @param action what was asked for
 * @param outcome how it was answered
 * @param source from which address
 * @param reference for which business record, its kind and its id
 * @param token on which token
 * @param decoy whether that is one nobody has a reason to touch
 */
record Sighting(
    UUID id,
    Instant at,
    TenantId tenant,
    String clientId,
    String action,
    String outcome,
    @Nullable String source,
    @Nullable String reference,
    @Nullable UUID token,
    boolean decoy) {

  private static final Set<String> LOOKS_FOR_A_TOKEN =
      Set.of("DETOKENIZE", "READ_MASKED", "TOKEN_UPDATE", "TOKEN_SUSPEND", "TOKEN_RESUME", "ERASE");

  /** Whether a PAN was handed out. */
  boolean reveals() {
    return action.equals("DETOKENIZE") && outcome.equals("GRANTED");
  }

  /** Whether a token was asked for that does not exist. */
  boolean misses() {
    return outcome.equals("NOT_FOUND") && LOOKS_FOR_A_TOKEN.contains(action);
  }

  /** Whether a security code was asked for that had been handed out, or had waited too long. */
  boolean asksForAUsedCode() {
    return action.equals("SECURITY_CODE_CONSUME") && outcome.equals("DENIED");
  }

  /** Whether a stored card did not match its seal. */
  boolean breaksSeal() {
    return outcome.equals("INTEGRITY_FAILURE");
  }
}
