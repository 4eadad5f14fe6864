package dev.cardvault.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements that read the log. Their time bounds let Postgres skip whole months. */
final class AuditRows {

  private static final Pattern TOKEN_ID =
      Pattern.compile("tok_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

  private static final int MILLIS_SHIFT = 16;

  /** The columns that {@link #record} reads. */
  static final String COLUMNS =
      """
      id, at, action, outcome, rule, client_id, actor, credential_id, source_address, purpose,
        reference_type, reference_id, call_id, token_id, key_id, subject, request_id, node\
      """;

  private static final String SELECT =
      "SELECT " + COLUMNS + " FROM audit_event WHERE tenant_id = current_tenant()";

  private AuditRows() {}

  static Optional<AuditRecord> find(Connection connection, UUID id) throws SQLException {
    List<Condition> conditions =
        List.of(new Condition("at = ?", timeOf(id)), new Condition("id = ?", id));
    return read(connection, conditions, 1).stream().findFirst();
  }

  static List<AuditRecord> list(
      Connection connection, AuditFilter filter, @Nullable UUID after, int limit)
      throws SQLException {
    List<Condition> conditions = new ArrayList<>();
    if (after != null) {
      conditions.add(new Condition("(at, id) < (?, ?)", timeOf(after), after));
    }
    add(conditions, "at >= ?", filter.from());
    add(conditions, "at < ?", filter.to());
    add(conditions, "client_id = ?", filter.clientId());
    add(conditions, "actor = ?", filter.actor());
    add(conditions, "action = ?", filter.action());
    if (filter.outcome() != null) {
      conditions.add(ofOutcome(filter.outcome()));
    }
    add(conditions, "purpose = ?", filter.purpose() == null ? null : filter.purpose().code());
    add(conditions, "reference_id = ?", filter.referenceId());
    add(conditions, "call_id = ?", filter.callId());
    add(conditions, "source_address = ?", filter.sourceAddress());
    if (filter.token() != null) {
      conditions.add(ofToken(filter.token()));
    }
    return read(connection, conditions, limit);
  }

  /** What is not the rule has an index of its own, which the planner takes when it is told so. */
  private static Condition ofOutcome(Outcome outcome) {
    boolean usual = outcome == Outcome.GRANTED || outcome == Outcome.MASKED;
    return new Condition(
        usual ? "outcome = ?" : "outcome = ? AND outcome NOT IN ('GRANTED', 'MASKED')", outcome);
  }

  /** Events name tokens by id only, so a token's text is looked up on the way. */
  private static Condition ofToken(String idOrText) {
    var id = TOKEN_ID.matcher(idOrText);
    return id.matches()
        ? new Condition("token_id = ?", UUID.fromString(id.group(1)))
        : new Condition(
            "token_id = (SELECT t.id FROM token t WHERE t.tenant_id = current_tenant() AND t.token = ?)",
            idOrText);
  }

  private static void add(List<Condition> conditions, String sql, @Nullable Object value) {
    if (value != null) {
      conditions.add(new Condition(sql, value));
    }
  }

  private static List<AuditRecord> read(
      Connection connection, List<Condition> conditions, int limit) throws SQLException {
    StringBuilder sql = new StringBuilder(SELECT);
    conditions.forEach(condition -> sql.append(" AND ").append(condition.sql));
    sql.append(" ORDER BY at DESC, id DESC LIMIT ?");
    try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
      int parameter = 1;
      for (Condition condition : conditions) {
        for (Object value : condition.values) {
          select.setObject(parameter++, column(value));
        }
      }
      select.setInt(parameter, limit);
      return records(select);
    }
  }

  private static Object column(Object value) {
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return value instanceof UUID ? value : value.toString();
  }

  static List<AuditRecord> records(PreparedStatement select) throws SQLException {
    List<AuditRecord> records = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        records.add(record(row));
      }
    }
    return records;
  }

  static AuditRecord record(ResultSet row) throws SQLException {
    return new AuditRecord(
        row.getObject("id", UUID.class),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("action"),
        row.getString("outcome"),
        row.getString("rule"),
        row.getString("client_id"),
        row.getString("actor"),
        row.getString("credential_id"),
        row.getString("source_address"),
        row.getString("purpose"),
        row.getString("reference_type"),
        row.getString("reference_id"),
        row.getString("call_id"),
        row.getObject("token_id", UUID.class),
        row.getObject("key_id", UUID.class),
        row.getString("subject"),
        row.getString("request_id"),
        row.getString("node"));
  }

  /** The millisecond in which an event's id was made, which is the event's time. */
  private static Instant timeOf(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> MILLIS_SHIFT);
  }

  /** One condition, and the values of its parameters. */
  private static final class Condition {
    private final String sql;
    private final List<Object> values;

    Condition(String sql, Object... values) {
      this.sql = sql;
      this.values = List.of(values);
    }
  }
}
