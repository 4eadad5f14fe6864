package dev.cardvault.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log; see {@link AuditEvent} for what its parts mean.
 *
 * @param at when it was written, to the millisecond
 * @param node by which process
 */
public record AuditRecord(
    UUID id,
    Instant at,
    String action,
    String outcome,
    @Nullable String rule,
    @Nullable String clientId,
    @Nullable String actor,
    @Nullable String credentialId,
    @Nullable String sourceAddress,
    @Nullable String purpose,
    @Nullable String referenceType,
    @Nullable String referenceId,
    @Nullable String callId,
    @Nullable UUID tokenId,
    @Nullable UUID keyId,
    @Nullable String subject,
    @Nullable String requestId,
    String node) {}
