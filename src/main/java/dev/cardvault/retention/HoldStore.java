package dev.cardvault.retention;

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
import org.jspecify.annotations.Nullable;

/** The statements that read and write the legal holds of the transaction's tenant. */
final class HoldStore {

  private static final String ADD =
      """
      INSERT INTO legal_hold (id, tenant_id, reason, placed_at, placed_by)
      VALUES (?, current_tenant(), ?, ?, ?)
      """;

  private static final String SELECT =
      """
      SELECT id, reason, placed_at, placed_by, released_at, released_by FROM legal_hold
      WHERE tenant_id = current_tenant()
      """;

  private static final String FIND = SELECT + "AND id = ?";

  private static final String LIST = SELECT + "AND id < ? ORDER BY id DESC LIMIT ?";

  private static final String RELEASE =
      """
      UPDATE legal_hold SET released_at = ?, released_by = ?
      WHERE tenant_id = current_tenant() AND id = ? AND released_at IS NULL
      """;

  private static final String STANDS =
      "SELECT FROM legal_hold WHERE tenant_id = current_tenant() AND released_at IS NULL LIMIT 1";

  private static final UUID BEYOND_ALL = new UUID(-1, -1);

  private HoldStore() {}

  static void add(Connection connection, LegalHold hold) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setObject(1, hold.id());
      insert.setString(2, hold.reason());
      insert.setObject(3, hold.placedAt().atOffset(ZoneOffset.UTC));
      insert.setString(4, hold.placedBy());
      insert.execute();
    }
  }

  static Optional<LegalHold> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, id);
      return read(select).stream().findFirst();
    }
  }

  /** Newest first, those before {@code before}. */
  static List<LegalHold> list(Connection connection, @Nullable UUID before, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setObject(1, before == null ? BEYOND_ALL : before);
      select.setInt(2, limit);
      return read(select);
    }
  }

  /** Whether it stood until now. */
  static boolean release(Connection connection, UUID id, Instant now, String by)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RELEASE)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setString(2, by);
      update.setObject(3, id);
      return update.executeUpdate() == 1;
    }
  }

  /** Whether the tenant has one that stands. */
  static boolean stands(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STANDS);
        ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  private static List<LegalHold> read(PreparedStatement select) throws SQLException {
    List<LegalHold> holds = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        OffsetDateTime released = row.getObject("released_at", OffsetDateTime.class);
        holds.add(
            new LegalHold(
                row.getObject("id", UUID.class),
                row.getString("reason"),
                row.getObject("placed_at", OffsetDateTime.class).toInstant(),
                row.getString("placed_by"),
                released == null ? null : released.toInstant(),
                row.getString("released_by")));
      }
    }
    return holds;
  }
}
