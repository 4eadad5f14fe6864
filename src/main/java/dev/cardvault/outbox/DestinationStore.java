package dev.cardvault.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements about one tenant's destinations and what was sent to them. */
final class DestinationStore {

  private static final String COLUMNS =
      "id, name, channel, address, kinds, secret_version, created_at, created_by";

  private static final String INSERT =
      """
      INSERT INTO destination (tenant_id, id, name, channel, address, kinds, created_at, created_by)
      VALUES (current_tenant(), ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM destination WHERE tenant_id = current_tenant() AND status = 'active' ORDER BY name";

  private static final String FIND =
      "SELECT "
          + COLUMNS
          + " FROM destination WHERE tenant_id = current_tenant() AND status = 'active' AND id = ?";

  private static final String REMOVE =
      """
      UPDATE destination SET status = 'removed'
       WHERE tenant_id = current_tenant() AND status = 'active' AND id = ?
      """;

  private static final String DROP_WAITING =
      """
      UPDATE outbox SET state = 'failed', last_result = 'destination removed', settled_at = clock_timestamp()
       WHERE tenant_id = current_tenant() AND destination_id = ? AND state = 'waiting'
      """;

  private static final String ROTATE =
      """
      UPDATE destination
         SET secret_version = secret_version + 1,
           previous_secret_until = clock_timestamp() + make_interval(secs => ?)
       WHERE tenant_id = current_tenant() AND status = 'active' AND id = ?
      """;

  private static final String SENT =
      """
      SELECT number, id, kind, state, attempts, last_result, created_at, due_at, expires_at, settled_at
        FROM outbox
       WHERE tenant_id = current_tenant() AND destination_id = ? AND number < ?
       ORDER BY number DESC LIMIT ?
      """;

  private DestinationStore() {}

  static void add(Connection connection, Destination destination) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, destination.id());
      insert.setString(2, destination.name());
      insert.setString(3, destination.channel());
      insert.setString(4, destination.address());
      insert.setArray(5, connection.createArrayOf("text", destination.kinds().toArray()));
      insert.setObject(6, destination.createdAt().atOffset(ZoneOffset.UTC));
      insert.setString(7, destination.createdBy());
      insert.executeUpdate();
    }
  }

  static List<Destination> list(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LIST)) {
      return destinations(select);
    }
  }

  static Optional<Destination> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setObject(1, id);
      return destinations(select).stream().findFirst();
    }
  }

  /** Whether there was one; what still waits for it is given up. */
  static boolean remove(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement remove = connection.prepareStatement(REMOVE);
        PreparedStatement drop = connection.prepareStatement(DROP_WAITING)) {
      remove.setObject(1, id);
      drop.setObject(1, id);
      boolean removed = remove.executeUpdate() > 0;
      drop.executeUpdate();
      return removed;
    }
  }

  /** Whether there was one; the secret it had is good for {@code overlap} more. */
  static boolean rotate(Connection connection, UUID id, Duration overlap) throws SQLException {
    try (PreparedStatement rotate = connection.prepareStatement(ROTATE)) {
      rotate.setDouble(1, overlap.toMillis() / 1000.0);
      rotate.setObject(2, id);
      return rotate.executeUpdate() > 0;
    }
  }

  /** What was sent to a destination before the message of that number, newest first. */
  static List<Sent> sent(Connection connection, UUID destination, long before, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SENT)) {
      select.setObject(1, destination);
      select.setLong(2, before);
      select.setInt(3, limit);
      List<Sent> sent = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sent.add(
              new Sent(
                  row.getLong("number"),
                  row.getObject("id", UUID.class),
                  row.getString("kind"),
                  row.getString("state"),
                  row.getInt("attempts"),
                  row.getString("last_result"),
                  instant(row, "created_at"),
                  instant(row, "due_at"),
                  instant(row, "expires_at"),
                  instantOrNull(row, "settled_at")));
        }
      }
      return sent;
    }
  }

  private static List<Destination> destinations(PreparedStatement select) throws SQLException {
    List<Destination> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(
            new Destination(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("channel"),
                row.getString("address"),
                List.of((String[]) row.getArray("kinds").getArray()),
                row.getInt("secret_version"),
                instant(row, "created_at"),
                row.getString("created_by")));
      }
    }
    return found;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
