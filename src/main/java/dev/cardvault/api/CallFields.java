package dev.cardvault.api;

import dev.cardvault.vault.CallContext;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The call on which a card is captured, in requests and answers.
 *
 * @param callId the telephony platform's id of the call
 * @param channel how the card came in
 * @param agentId who was on the call
 * @param queue where the call was routed
 * @param mediaEncrypted whether the voice path was encrypted
 * @param recordingSuppressed whether the recorder was paused
 */
record CallFields(
    @Nullable String callId,
    @Nullable String channel,
    @Nullable String agentId,
    @Nullable String queue,
    @Nullable Boolean mediaEncrypted,
    @Nullable Boolean recordingSuppressed) {

  private static final int LONGEST = 128;
  private static final Set<String> CHANNELS = Set.of("ivr_dtmf", "agent_assist", "api", "import");

  static @Nullable CallFields of(@Nullable CallContext call) {
    return call == null
        ? null
        : new CallFields(
            call.callId(),
            call.channel(),
            call.agentId(),
            call.queue(),
            call.mediaEncrypted(),
            call.recordingSuppressed());
  }

  CallContext checked() {
    return new CallContext(
        Fields.text(Fields.required(callId, "/call/call_id"), "/call/call_id", LONGEST),
        Fields.oneOf(
            Fields.required(channel, "/call/channel"),
            "/call/channel",
            code -> Optional.of(code).filter(CHANNELS::contains)),
        Fields.optionalText(agentId, "/call/agent_id", LONGEST),
        Fields.optionalText(queue, "/call/queue", LONGEST),
        mediaEncrypted,
        recordingSuppressed);
  }
}
