package dev.cardvault.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements about one tenant's alerts, rules and decoys. */
final class AlertStore {

  private static final String RAISE =
      """
      INSERT INTO alert (id, tenant_id, rule, client_id, about, summary, event_id, raised_at, last_at, occurrences, response)
      VALUES (?, current_tenant(), ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant_id, rule, client_id, about) WHERE state <> 'resolved'
      DO UPDATE SET occurrences = alert.occurrences + EXCLUDED.occurrences,
        last_at = greatest(alert.last_at, EXCLUDED.last_at)
      RETURNING id
      """;

  private static final String SELECT =
      """
      SELECT id, rule, client_id, about, summary, event_id, raised_at, last_at, occurrences, response, state,
        acknowledged_at, acknowledged_by, resolved_at, resolved_by, note
        FROM alert WHERE tenant_id = current_tenant()
      """;

  private static final String PAGE =
      """
       AND (?::text IS NULL OR state = ?::text) AND (?::uuid IS NULL OR id < ?::uuid)
       ORDER BY id DESC LIMIT ?
      """;

  private static final String ACKNOWLEDGE =
      """
      UPDATE alert SET state = 'acknowledged', acknowledged_at = ?, acknowledged_by = ?
       WHERE tenant_id = current_tenant() AND id = ? AND state = 'open'
      """;

  private static final String RESOLVE =
      """
      UPDATE alert SET state = 'resolved', resolved_at = ?, resolved_by = ?, note = ?
       WHERE tenant_id = current_tenant() AND id = ? AND state <> 'resolved'
      """;

  private static final String SETTINGS =
      """
      SELECT rule, enabled, threshold, response FROM alert_rule WHERE tenant_id = current_tenant()
      """;

  private static final String SET =
      """
      INSERT INTO alert_rule (tenant_id, rule, enabled, threshold, response, changed_at, changed_by)
      VALUES (current_tenant(), ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant_id, rule) DO UPDATE SET enabled = EXCLUDED.enabled, threshold = EXCLUDED.threshold,
        response = EXCLUDED.response, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by
      """;

  private static final String ADD_DECOY =
      """
      INSERT INTO decoy (tenant_id, token_id, note, created_at, created_by)
      SELECT t.tenant_id, t.id, ?, ?, ? FROM token t WHERE t.tenant_id = current_tenant() AND (t.token = ? OR t.id = ?)
      ON CONFLICT (tenant_id, token_id) DO UPDATE SET note = EXCLUDED.note
      RETURNING token_id, note, created_at, created_by
      """;

  private static final String DECOYS =
      """
      SELECT token_id, note, created_at, created_by FROM decoy WHERE tenant_id = current_tenant()
       ORDER BY created_at, token_id
      """;

  private static final String REMOVE_DECOY =
      "DELETE FROM decoy WHERE tenant_id = current_tenant() AND token_id = ?";

  private AlertStore() {}

  /** Whether {@code finding}, found {@code times}, is a new alert of that id. */
  static boolean raise(Connection connection, UUID id, Finding finding, int times)
      throws SQLException {
    try (PreparedStatement raise = connection.prepareStatement(RAISE)) {
      raise.setObject(1, id);
      raise.setString(2, finding.setting().rule().name());
      raise.setString(3, finding.clientId());
      raise.setString(4, finding.about());
      raise.setString(5, finding.summary());
      raise.setObject(6, finding.eventId());
      raise.setObject(7, finding.at().atOffset(ZoneOffset.UTC));
      raise.setObject(8, finding.at().atOffset(ZoneOffset.UTC));
      raise.setInt(9, times);
      raise.setString(10, finding.setting().response().code());
      try (ResultSet row = raise.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class).equals(id);
      }
    }
  }

  static Optional<Alert> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " AND id = ?")) {
      select.setObject(1, id);
      return alerts(select).stream().findFirst();
    }
  }

  /** Alerts of that state, newest first, those older than {@code after}. */
  static List<Alert> list(
      Connection connection, @Nullable String state, @Nullable UUID after, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + PAGE)) {
      select.setString(1, state);
      select.setString(2, state);
      select.setObject(3, after);
      select.setObject(4, after);
      select.setInt(5, limit);
      return alerts(select);
    }
  }

  /** Whether it was open. */
  static boolean acknowledge(Connection connection, UUID id, Instant now, String who)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ACKNOWLEDGE)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setString(2, who);
      update.setObject(3, id);
      return update.executeUpdate() > 0;
    }
  }

  /** Whether it was not resolved before. */
  static boolean resolve(Connection connection, UUID id, Instant now, String who, String note)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RESOLVE)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setString(2, who);
      update.setString(3, note);
      update.setObject(4, id);
      return update.executeUpdate() > 0;
    }
  }

  /** The tenant's rules: the defaults, and what it has set otherwise. */
  static Map<Rule, RuleSetting> settings(Connection connection) throws SQLException {
    Map<Rule, RuleSetting> settings = defaults();
    try (PreparedStatement select = connection.prepareStatement(SETTINGS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        RuleSetting setting = setting(row);
        settings.put(setting.rule(), setting);
      }
    }
    return settings;
  }

  static Map<Rule, RuleSetting> defaults() {
    Map<Rule, RuleSetting> settings = new EnumMap<>(Rule.class);
    for (Rule rule : Rule.values()) {
      settings.put(rule, rule.byDefault());
    }
    return settings;
  }

  static void set(Connection connection, RuleSetting setting, Instant now, String who)
      throws SQLException {
    try (PreparedStatement set = connection.prepareStatement(SET)) {
      set.setString(1, setting.rule().name());
      set.setBoolean(2, setting.enabled());
      set.setInt(3, setting.threshold());
      set.setString(4, setting.response().code());
      set.setObject(5, now.atOffset(ZoneOffset.UTC));
      set.setString(6, who);
      set.executeUpdate();
    }
  }

  /** The decoy that the token of that text or id now is; nothing when there is no such token. */
  static Optional<Decoy> addDecoy(
      Connection connection, String text, @Nullable UUID id, String note, Instant now, String who)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD_DECOY)) {
      add.setString(1, note);
      add.setObject(2, now.atOffset(ZoneOffset.UTC));
      add.setString(3, who);
      add.setString(4, text);
      add.setObject(5, id);
      return decoys(add).stream().findFirst();
    }
  }

  static List<Decoy> decoys(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(DECOYS)) {
      return decoys(select);
    }
  }

  /** Whether it was one. */
  static boolean removeDecoy(Connection connection, UUID token) throws SQLException {
    try (PreparedStatement remove = connection.prepareStatement(REMOVE_DECOY)) {
      remove.setObject(1, token);
      return remove.executeUpdate() > 0;
    }
  }

  static RuleSetting setting(ResultSet row) throws SQLException {
    return new RuleSetting(
        Rule.valueOf(row.getString("rule")),
        row.getBoolean("enabled"),
        row.getInt("threshold"),
        response(row));
  }

  private static Response response(ResultSet row) throws SQLException {
    return Response.valueOf(row.getString("response").toUpperCase(Locale.ROOT));
  }

  private static List<Decoy> decoys(PreparedStatement statement) throws SQLException {
    List<Decoy> decoys = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        decoys.add(
            new Decoy(
                row.getObject("token_id", UUID.class),
                row.getString("note"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by")));
      }
    }
    return decoys;
  }

  private static List<Alert> alerts(PreparedStatement select) throws SQLException {
    List<Alert> alerts = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        alerts.add(
            new Alert(
                row.getObject("id", UUID.class),
                Rule.valueOf(row.getString("rule")),
                row.getString("client_id"),
                row.getString("about"),
                row.getString("summary"),
                row.getObject("event_id", UUID.class),
                row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                row.getInt("occurrences"),
                response(row),
                row.getString("state"),
                instant(row, "acknowledged_at"),
                row.getString("acknowledged_by"),
                instant(row, "resolved_at"),
                row.getString("resolved_by"),
                row.getString("note")));
      }
    }
    return alerts;
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
