package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.capture.CaptureEvent;
import dev.cardvault.capture.CaptureState;
import dev.cardvault.vault.CallContext;
import dev.cardvault.vault.TokenView;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the audit log tells of captures: who captured what, on which call, with which agent, and
 * whether voice path and recording were as they should be (PCI DSS 10.2.1, 3.3.1).
 */
final class CaptureEvents {

  private CaptureEvents() {}

  /** The audit event for {@code event}; nothing for what is not worth a line. */
  static Optional<AuditEvent> of(Session session, CaptureEvent event) {
    return Optional.ofNullable(
        switch (event.type()) {
          case LINKED -> of(session, Action.CAPTURE_LINK, null);
          case ACCEPTED -> of(session, Action.CAPTURE_FIELD, detail("field", event.field()));
          case ENDED -> end(session, event);
          default -> null;
        });
  }

  private static @Nullable AuditEvent end(Session session, CaptureEvent event) {
    CaptureState state = event.view().state();
    return switch (state) {
      case COMPLETED -> of(session, Action.CAPTURE_COMPLETE, null);
      // Written once, by whichever node finds it without an owner.
      case LOST -> null;
      case ABANDONED -> of(session, Action.CAPTURE_ABANDON, null);
      default -> of(session, Action.CAPTURE_END, detail("state", state));
    };
  }

  /** An event of {@code session}. */
  static AuditEvent of(Session session, Action action, @Nullable String detail) {
    TokenView token = session.token();
    return AuditEvent.by(session.opener(), action)
        .call(session.plan().call().callId())
        .token(token == null ? null : token.id())
        .subject(subject(session.id().capture(), session.plan().call(), detail))
        .granted();
  }

  /** The event of a capture whose node is gone. */
  static AuditEvent lost(TenantId tenant, UUID id, CallContext call) {
    return AuditEvent.of(tenant, Action.CAPTURE_END)
        .actor("captures")
        .call(call.callId())
        .subject(subject(id, call, detail("state", CaptureState.LOST)))
        .granted();
  }

  private static String subject(UUID id, CallContext call, @Nullable String detail) {
    StringBuilder text = new StringBuilder("cap_").append(id);
    if (detail != null) {
      text.append(' ').append(detail);
    }
    text.append(" channel=").append(call.channel());
    text.append(" media_encrypted=").append(told(call.mediaEncrypted()));
    text.append(" recording_suppressed=").append(told(call.recordingSuppressed()));
    // Last, since it is anybody's text.
    return call.agentId() == null
        ? text.toString()
        : text.append(" agent=").append(call.agentId()).toString();
  }

  private static String told(@Nullable Boolean value) {
    return value == null ? "unknown" : value.toString();
  }

  private static String detail(String name, @Nullable Enum<?> value) {
    return name + "=" + String.valueOf(value).toLowerCase(Locale.ROOT);
  }
}
