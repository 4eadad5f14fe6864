package dev.cardvault.alerts;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.clients.Restraints;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.outbox.Message;
import dev.cardvault.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes alerts of findings: holds the client back, writes them down, and tells the outside. */
@ApplicationScoped
class Raiser {

  private static final String ACTOR = "alerts";
  private static final String KIND = "alert";
  private static final JsonMapper JSON = new JsonMapper();

  private final Restraints restraints;
  private final AuditLog log;
  private final Outbox outbox;
  private final Ids ids;

  Raiser(Restraints restraints, AuditLog log, Outbox outbox, Ids ids) {
    this.restraints = restraints;
    this.log = log;
    this.outbox = outbox;
    this.ids = ids;
  }

  /** The same findings, each once, and how often. */
  static Map<Finding, Integer> merged(List<Finding> findings) {
    Map<List<Object>, Finding> first = new LinkedHashMap<>();
    Map<Finding, Integer> times = new LinkedHashMap<>();
    for (Finding finding : findings) {
      List<Object> key =
          List.of(finding.tenant(), finding.setting().rule(), finding.clientId(), finding.about());
      times.merge(first.computeIfAbsent(key, k -> finding), 1, Integer::sum);
    }
    return times;
  }

  /**
   * Does to the clients what the rules say, in transactions of its own: better twice than not at
   * all.
   */
  void respond(Iterable<Finding> findings) {
    for (Finding finding : findings) {
      String reason = "Alert: " + finding.setting().rule().code();
      switch (finding.setting().response()) {
        case NONE -> {}
        case THROTTLE -> restraints.throttle(finding.tenant(), finding.clientId(), reason);
        case SUSPEND -> restraints.suspend(finding.tenant(), finding.clientId(), reason);
      }
    }
  }

  /** Adds alerts to the transaction on {@code connection}, with their events and messages. */
  void raise(Connection connection, Map<Finding, Integer> findings) throws SQLException {
    // One tenant after the other, in one order on every node.
    List<Map.Entry<Finding, Integer>> sorted = new ArrayList<>(findings.entrySet());
    sorted.sort(Comparator.comparing(e -> e.getKey().tenant().value()));
    for (Map.Entry<Finding, Integer> found : sorted) {
      TenantDatabase.enter(connection, found.getKey().tenant());
      UUID id = ids.next();
      if (AlertStore.raise(connection, id, found.getKey(), found.getValue())) {
        tell(connection, id, found.getKey());
      }
    }
  }

  private void tell(Connection connection, UUID id, Finding finding) throws SQLException {
    String rule = finding.setting().rule().code();
    log.append(
        connection,
        List.of(
            AuditEvent.of(finding.tenant(), Action.ALERT_RAISE)
                .client(finding.clientId())
                .actor(ACTOR)
                .subject("alr_" + id + " " + rule)
                .granted()));
    outbox.publish(
        connection,
        finding.tenant(),
        new Message(KIND, null, body(id, rule, finding), Message.DAYS));
  }

  private static String body(UUID id, String rule, Finding finding) {
    return JSON.createObjectNode()
        .put("type", "alert.raised")
        .put("id", "alr_" + id)
        .put("rule", rule)
        .put("client_id", finding.clientId())
        .put("summary", finding.summary())
        .put("event_id", "evt_" + finding.eventId())
        .put("raised_at", finding.at().toString())
        .put("response", finding.setting().response().code())
        .toString();
  }
}
