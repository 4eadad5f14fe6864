package dev.cardvault.exports;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditRecord;

/** Events as the API shows them, without those fields that are absent. */
final class NdjsonLines implements EventLines {

  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public String line(TenantId tenant, AuditRecord event) {
    ObjectNode line = JSON.createObjectNode();
    EventFields.of(event).forEach(line::put);
    return line + "\n";
  }
}
