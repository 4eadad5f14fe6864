package dev.cardvault.sequencer;

import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The row that says how long the log is and who may lengthen it. A write names the epoch it was
 * allowed under; when another node has taken its turn since, it changes nothing.
 */
final class HeadStore {

  private static final String READ =
      """
      SELECT log_id, size, root, sequenced_at, next_tx, epoch, held_until < clock_timestamp(), halted
      FROM audit_state
      """;

  private static final String TAKE =
      """
      UPDATE audit_state SET epoch = epoch + 1, holder = ?,
        held_until = clock_timestamp() + ? * interval '1 ms'
      WHERE epoch = ? AND held_until < clock_timestamp() AND halted IS NULL
      RETURNING epoch
      """;

  private static final String HOLD =
      "UPDATE audit_state SET held_until = clock_timestamp() + ? * interval '1 ms' WHERE epoch = ?";

  private static final String RELEASE =
      "UPDATE audit_state SET held_until = 'epoch' WHERE epoch = ?";

  private static final String GROW =
      """
      UPDATE audit_state SET size = ?, root = ?, sequenced_at = ?, next_tx = ?::xid8,
        held_until = clock_timestamp() + ? * interval '1 ms'
      WHERE epoch = ? AND size = ?
      """;

  private static final String HALT = "UPDATE audit_state SET halted = ? WHERE halted IS NULL";

  private HeadStore() {}

  static LogHead read(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(READ);
        ResultSet row = select.executeQuery()) {
      row.next();
      return new LogHead(
          row.getObject(1, UUID.class),
          row.getLong(2),
          Hash.copyOf(row.getBytes(3), 0),
          row.getObject(4, OffsetDateTime.class).toInstant(),
          row.getString(5),
          row.getLong(6),
          row.getBoolean(7),
          row.getString(8));
    }
  }

  /** The new epoch; nothing when somebody else was faster. */
  static OptionalLong take(Connection connection, LogHead seen, String node, Duration lease)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(TAKE)) {
      update.setString(1, node);
      update.setLong(2, lease.toMillis());
      update.setLong(3, seen.epoch());
      try (ResultSet row = update.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  static void hold(Connection connection, long epoch, Duration lease) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(HOLD)) {
      update.setLong(1, lease.toMillis());
      update.setLong(2, epoch);
      requireOne(update);
    }
  }

  static void release(Connection connection, long epoch) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(RELEASE)) {
      update.setLong(1, epoch);
      update.execute();
    }
  }

  /** Notes that the log has become {@code tree}, if it was {@code before} and the epoch lasts. */
  static void grow(
      Connection connection,
      long before,
      GrowingTree tree,
      Instant sequencedAt,
      String nextTx,
      long epoch,
      Duration lease)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(GROW)) {
      update.setLong(1, tree.size());
      update.setBytes(2, tree.root().toBytes());
      update.setObject(3, sequencedAt.atOffset(ZoneOffset.UTC));
      update.setString(4, nextTx);
      update.setLong(5, lease.toMillis());
      update.setLong(6, epoch);
      update.setLong(7, before);
      requireOne(update);
    }
  }

  static void halt(Connection connection, String why) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(HALT)) {
      update.setString(1, why);
      update.execute();
    }
  }

  private static void requireOne(PreparedStatement update) throws SQLException {
    if (update.executeUpdate() != 1) {
      throw new Deposed();
    }
  }

  /** Another node has taken its turn. */
  static final class Deposed extends SQLException {
    private static final long serialVersionUID = 1L;

    Deposed() {
      super("Another node sequences the audit log now");
    }
  }
}
