package dev.cardvault.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.cardvault.sessions.CodeDesk.HandedOut;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A security code, handed out. The code in here is stars: {@link SecretAnswer} puts the digits in
 * where it is written.
 *
 * @param token the token's text
 * @param securityCode the code
 * @param auditEventId the event in the audit log that tells of this
 */
@RegisterForReflection
@JsonPropertyOrder({"token", "security_code", "audit_event_id"})
record SecurityCodeAnswer(String token, String securityCode, String auditEventId) {

  static SecurityCodeAnswer of(HandedOut handedOut) {
    return new SecurityCodeAnswer(
        handedOut.token(),
        SecretAnswer.STAR.repeat(handedOut.code().length()),
        "evt_" + handedOut.auditEventId());
  }

  /** Never prints what it holds. */
  @Override
  public String toString() {
    return "SecurityCodeAnswer[redacted]";
  }
}
