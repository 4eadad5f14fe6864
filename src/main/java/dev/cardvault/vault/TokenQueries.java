package dev.cardvault.vault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The statements that look tokens up for people and reports. */
final class TokenQueries {

  private static final Pattern ID =
      Pattern.compile("tok_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

  private static final String SELECT =
      "SELECT %s FROM token t %s ".formatted(TokenViews.COLUMNS, TokenViews.JOINS);

  private static final String BY_ID = SELECT + "WHERE t.tenant_id = current_tenant() AND t.id = ?";

  private static final String BY_TEXT =
      SELECT + "WHERE t.tenant_id = current_tenant() AND t.token = ?";

  private static final String OF_PAN =
      SELECT
          + """
          JOIN pan_index x ON x.token_id = t.id
          WHERE x.tenant_id = current_tenant() AND x.key_version = ? AND x.hmac = ?
          ORDER BY t.created_at DESC, t.id DESC LIMIT 1000
          """;

  private static final String LOCK =
      "SELECT 1 FROM token WHERE tenant_id = current_tenant() AND id = ? FOR UPDATE";

  private TokenQueries() {}

  static Optional<TokenView> find(Connection connection, String idOrText, Instant now)
      throws SQLException {
    var id = ID.matcher(idOrText);
    boolean byId = id.matches();
    try (var select = connection.prepareStatement(byId ? BY_ID : BY_TEXT)) {
      if (byId) {
        select.setObject(1, UUID.fromString(id.group(1)));
      } else {
        select.setString(1, idOrText);
      }
      return views(select, now).stream().findFirst();
    }
  }

  /** The token as {@link #find} gives it, its row locked until the transaction ends. */
  static Optional<TokenView> lock(Connection connection, String idOrText, Instant now)
      throws SQLException {
    Optional<TokenView> found = find(connection, idOrText, now);
    if (found.isEmpty()) {
      return found;
    }
    try (var lock = connection.prepareStatement(LOCK)) {
      lock.setObject(1, found.get().id());
      lock.execute();
    }
    // Read anew: it may have changed while the lock was waited for.
    return find(connection, idOrText, now);
  }

  static List<TokenView> ofPan(Connection connection, int version, byte[] hmac, Instant now)
      throws SQLException {
    try (var select = connection.prepareStatement(OF_PAN)) {
      select.setInt(1, version);
      select.setBytes(2, hmac);
      return views(select, now);
    }
  }

  static List<TokenView> list(
      Connection connection, TokenFilter filter, @Nullable Cursor after, int limit, Instant now)
      throws SQLException {
    Conditions conditions = new Conditions();
    conditions.add("t.last4 = ?", filter.lastFour());
    conditions.add("t.brand = ?", filter.brand() == null ? null : filter.brand().code());
    conditions.add("t.call_id = ?", filter.callId());
    conditions.add("p.name = ?", filter.profile());
    conditions.add("t.created_at >= ?", filter.createdFrom());
    conditions.add("t.created_at < ?", filter.createdTo());
    conditions.addStatus(filter.status(), now);
    if (after != null) {
      conditions.add("(t.created_at, t.id) < (?", after.at());
      conditions.continueWith(", ?)", after.id());
    }
    String sql =
        SELECT
            + "WHERE t.tenant_id = current_tenant()"
            + conditions.sql
            + " ORDER BY t.created_at DESC, t.id DESC LIMIT ?";
    try (var select = connection.prepareStatement(sql)) {
      conditions.values.add(limit);
      for (int i = 0; i < conditions.values.size(); i++) {
        select.setObject(i + 1, conditions.values.get(i));
      }
      return views(select, now);
    }
  }

  private static List<TokenView> views(PreparedStatement select, Instant now) throws SQLException {
    List<TokenView> views = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        views.add(TokenViews.of(row, now));
      }
    }
    return views;
  }

  /** Conditions that were asked for, and their parameters. */
  private static final class Conditions {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    void add(String condition, @Nullable Object value) {
      if (value != null) {
        sql.append(" AND ").append(condition);
        values.add(parameter(value));
      }
    }

    void continueWith(String rest, Object value) {
      sql.append(rest);
      values.add(parameter(value));
    }

    // Expired is what the clock says of a row that is stored as active or suspended; see
    // TokenViews.status.
    void addStatus(@Nullable TokenStatus status, Instant now) {
      if (status == null) {
        return;
      }
      String over = "(coalesce(t.expires_at <= ?, false) OR coalesce(t.uses_left = 0, false))";
      if (status == TokenStatus.ERASED) {
        add("t.status = ?", status.code());
      } else if (status == TokenStatus.EXPIRED) {
        add("t.status <> 'erased' AND " + over, now);
      } else {
        add("t.status = ?", status.code());
        add("NOT " + over, now);
      }
    }

    private static Object parameter(Object value) {
      return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }
  }
}
