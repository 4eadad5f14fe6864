package dev.cardvault.exports;

import dev.cardvault.audit.AuditRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event's fields by their names, in one order. */
final class EventFields {

  /** All names. */
  static final List<String> NAMES =
      List.of(
          "id",
          "at",
          "action",
          "outcome",
          "rule",
          "client_id",
          "actor",
          "credential_id",
          "source_address",
          "purpose",
          "reference_type",
          "reference_id",
          "call_id",
          "token_id",
          "key_id",
          "subject",
          "request_id",
          "node");

  private EventFields() {}

  /** Those fields that {@code event} has. */
  static Map<String, String> of(AuditRecord event) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "id", "evt_" + event.id());
    put(fields, "at", event.at());
    put(fields, "action", event.action());
    put(fields, "outcome", event.outcome());
    put(fields, "rule", event.rule());
    put(fields, "client_id", event.clientId());
    put(fields, "actor", event.actor());
    put(fields, "credential_id", event.credentialId());
    put(fields, "source_address", event.sourceAddress());
    put(fields, "purpose", event.purpose());
    put(fields, "reference_type", event.referenceType());
    put(fields, "reference_id", event.referenceId());
    put(fields, "call_id", event.callId());
    put(fields, "token_id", event.tokenId() == null ? null : "tok_" + event.tokenId());
    put(fields, "key_id", event.keyId());
    put(fields, "subject", event.subject());
    put(fields, "request_id", event.requestId());
    put(fields, "node", event.node());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value.toString());
    }
  }
}
