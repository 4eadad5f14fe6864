package dev.cardvault.vault;

import org.jspecify.annotations.Nullable;

/**
 * The call on which a card was captured.
 *
 * @param callId the telephony platform's id of the call, 1 to 128 characters
 * @param channel how the card came in: {@code ivr_dtmf}, {@code agent_assist}, {@code api} or
 *     {@code import}
 * @param agentId who was on the call
 * @param queue where the call was routed
 * @param mediaEncrypted whether the voice path was encrypted (SRTP)
 * @param recordingSuppressed whether the recorder was paused (PCI DSS 3.3.1)
 */
public record CallContext(
    String callId,
    String channel,
    @Nullable String agentId,
    @Nullable String queue,
    @Nullable Boolean mediaEncrypted,
    @Nullable Boolean recordingSuppressed) {}
