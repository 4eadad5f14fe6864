package dev.cardvault.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.outbox.Message;
import dev.cardvault.outbox.Outbox;
import dev.cardvault.vault.CallContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tells the call's recorder to pause before a card is keyed, and to go on afterwards (PCI DSS
 * 3.3.1.2: no security code in a recording). The messages lie in the transaction that opens or ends
 * the capture, so that neither is lost.
 */
@ApplicationScoped
class Recorder {

  /** What destinations subscribe to. */
  static final String PAUSE = "recorder_pause";

  static final String RESUME = "recorder_resume";

  /** Nobody pauses a recorder a day late. */
  private static final Duration GOOD_FOR = Duration.ofDays(1);

  private static final JsonMapper JSON = new JsonMapper();

  private final Outbox outbox;
  private final Ids ids;

  Recorder(Outbox outbox, Ids ids) {
    this.outbox = outbox;
    this.ids = ids;
  }

  void pause(Connection connection, TenantId tenant, UUID capture, CallContext call)
      throws SQLException {
    outbox.publish(connection, tenant, message(PAUSE, capture, call));
  }

  void resume(Connection connection, TenantId tenant, UUID capture, CallContext call)
      throws SQLException {
    outbox.publish(connection, tenant, message(RESUME, capture, call));
  }

  /** To be called once the transaction is committed. */
  void wake() {
    outbox.wake();
  }

  private Message message(String kind, UUID capture, CallContext call) {
    Map<String, String> body = new LinkedHashMap<>();
    body.put("type", kind);
    body.put("capture", capture.toString());
    body.put("call_id", call.callId());
    body.put("channel", call.channel());
    body.put("agent_id", call.agentId());
    body.put("at", ids.now().toString());
    try {
      // One lane a capture: a pause arrives before its resume.
      return new Message(kind, "capture:" + capture, JSON.writeValueAsString(body), GOOD_FOR);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts can always be written", e);
    }
  }
}
