package dev.cardvault.sequencer;

import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.Commitment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A committed event that has no place in the log yet.
 *
 * @param id the event's
 * @param tenant whose it is
 * @param tx the transaction that wrote it
 * @param clear what its leaf says
 * @param committed what its leaf commits to
 */
record PendingEvent(
    UUID id,
    UUID tenant,
    String tx,
    SortedMap<String, String> clear,
    SortedMap<String, String> committed) {

  /** The columns {@link #of} reads. */
  static final String COLUMNS =
      """
      e.id, e.tenant_id, e.tx, e.at, e.salt, e.token_id, e.key_id, e.action, e.outcome, e.rule, e.client_id,
      e.credential_id, e.purpose, e.reference_type, e.request_id, e.node, e.actor, e.source_address,
      e.reference_id, e.call_id, e.subject
      """;

  /** Of a bounded length and never a person's words. */
  private static final List<String> CLEAR =
      List.of(
          "action",
          "outcome",
          "rule",
          "client_id",
          "credential_id",
          "purpose",
          "reference_type",
          "request_id",
          "node");

  static PendingEvent of(ResultSet row) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    UUID tenant = row.getObject("tenant_id", UUID.class);
    SortedMap<String, String> clear = new TreeMap<>();
    clear.put("id", "evt_" + id);
    clear.put("at", AuditLeaf.time(row.getObject("at", OffsetDateTime.class).toInstant()));
    clear.put("tenant", tenant.toString());
    put(clear, "token_id", row.getString("token_id"), "tok_");
    put(clear, "key_id", row.getString("key_id"), "");
    for (String field : CLEAR) {
      put(clear, field, row.getString(field), "");
    }
    UUID salt = row.getObject("salt", UUID.class);
    SortedMap<String, String> committed = Words.of(row);
    committed.remove(Words.SALT);
    committed.replaceAll((field, text) -> Commitment.to(field, text, salt));
    return new PendingEvent(id, tenant, row.getString("tx"), clear, committed);
  }

  private static void put(
      SortedMap<String, String> fields,
      String name,
      @org.jspecify.annotations.Nullable String value,
      String prefix) {
    if (value != null) {
      fields.put(name, prefix + value);
    }
  }

  /** Its leaf at that place. */
  AuditLeaf leaf(long index, long number, Instant sequencedAt) {
    return new AuditLeaf(index, number, sequencedAt, clear, committed);
  }
}
