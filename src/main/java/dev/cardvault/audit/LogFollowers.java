package dev.cardvault.audit;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditFeed.Position;
import dev.cardvault.database.Node;
import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who follows the log, and how far each has come. One node at a time follows under a name; another
 * takes over, and goes on at the same event, when that one is silent. Blocks; fails with {@code
 * database-unavailable}.
 */
@ApplicationScoped
public class LogFollowers {

  // Whoever holds the lease keeps it; somebody else gets it once it is over, under a new epoch.
  private static final String LEASE =
      """
      UPDATE watch_cursor
         SET epoch = CASE WHEN node = ? THEN epoch ELSE epoch + 1 END, node = ?,
           leased_until = clock_timestamp() + make_interval(secs => ?)
       WHERE name = ? AND (node = ? OR leased_until < clock_timestamp())
      RETURNING tx::text AS tx, id, epoch, began_at
      """;

  private static final String ADVANCE =
      """
      UPDATE watch_cursor SET tx = ?::xid8, id = ?, at = clock_timestamp()
       WHERE name = ? AND node = ? AND epoch = ?
      """;

  private final TenantDatabase database;
  private final Node node;

  LogFollowers(TenantDatabase database, Node node) {
    this.database = database;
    this.node = node;
  }

  /**
   * This node's right to follow the log for some seconds.
   *
   * @param name under which name
   * @param position where to go on
   * @param epoch rises with each node that takes over
   * @param began since when anybody follows under this name
   */
  public record Lease(String name, Position position, long epoch, Instant began) {

    /** The same, at another position. */
    public Lease at(Position elsewhere) {
      return new Lease(name, elsewhere, epoch, began);
    }
  }

  /** The right to follow, prolonged or new; {@code null} while another node has it. */
  public @Nullable Lease lease(String name, Duration length) {
    return database
        .inTransaction(TenantId.NOBODY, connection -> lease(connection, name, length))
        .orElse(null);
  }

  private Optional<Lease> lease(Connection connection, String name, Duration length)
      throws SQLException {
    try (PreparedStatement lease = connection.prepareStatement(LEASE)) {
      lease.setString(1, node.name());
      lease.setString(2, node.name());
      lease.setDouble(3, length.toMillis() / 1000.0);
      lease.setString(4, name);
      lease.setString(5, node.name());
      try (ResultSet row = lease.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Lease(
                    name,
                    new Position(row.getString("tx"), row.getObject("id", UUID.class)),
                    row.getLong("epoch"),
                    row.getObject("began_at", OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  /**
   * Notes in the transaction on {@code connection} how far this node has come.
   *
   * @return whether it still may follow; what was done in the transaction must not be committed
   *     otherwise
   */
  public boolean advance(Connection connection, Lease to) throws SQLException {
    try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      advance.setString(1, to.position().tx());
      advance.setObject(2, to.position().id());
      advance.setString(3, to.name());
      advance.setString(4, node.name());
      advance.setLong(5, to.epoch());
      return advance.executeUpdate() > 0;
    }
  }
}
