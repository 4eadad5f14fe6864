package dev.cardvault.api;

import dev.cardvault.audit.AuditRecord;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the audit log.
 *
 * @param id names it
 * @param object always {@code audit_event}
 * @param at when it was written
 * @param action what was asked for
 * @param outcome how it was answered
 * @param rule the rule that refused it
 * @param clientId the client that asked
 * @param actor the client's name, or a person
 * @param credentialId with which credential
 * @param sourceAddress from which address
 * @param purpose why a card was asked for
 * @param reference for which business record
 * @param callId on which call
 * @param tokenId on which token
 * @param keyId the managed key that seals the card
 * @param subject what else it was done to
 * @param requestId the request
 * @param node the process that answered
 */
record EventAnswer(
    String id,
    String object,
    Instant at,
    String action,
    String outcome,
    @Nullable String rule,
    @Nullable String clientId,
    @Nullable String actor,
    @Nullable String credentialId,
    @Nullable String sourceAddress,
    @Nullable String purpose,
    @Nullable ReferenceFields reference,
    @Nullable String callId,
    @Nullable String tokenId,
    @Nullable UUID keyId,
    @Nullable String subject,
    @Nullable String requestId,
    String node) {

  static EventAnswer of(AuditRecord event) {
    return new EventAnswer(
        "evt_" + event.id(),
        "audit_event",
        event.at(),
        event.action(),
        event.outcome(),
        event.rule(),
        event.clientId(),
        event.actor(),
        event.credentialId(),
        event.sourceAddress(),
        event.purpose(),
        event.referenceId() == null
            ? null
            : new ReferenceFields(event.referenceType(), event.referenceId()),
        event.callId(),
        event.tokenId() == null ? null : "tok_" + event.tokenId(),
        event.keyId(),
        event.subject(),
        event.requestId(),
        event.node());
  }
}
