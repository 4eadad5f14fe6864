package dev.cardvault.sequencer;

import dev.cardvault.keys.LogKey;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
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

/** Signed checkpoints, and the public keys they were signed with. */
final class CheckpointStore {

  // The state's row is locked on the way: two nodes cannot add at once.
  private static final String ADD =
      """
      INSERT INTO audit_checkpoint (size, signed_at, root, note)
      SELECT ?, ?, ?, ? FROM (SELECT FROM audit_state WHERE epoch = ? AND size >= ? FOR UPDATE) s
      """;

  private static final String NEWEST =
      "SELECT note, signed_at FROM audit_checkpoint ORDER BY size DESC, signed_at DESC LIMIT 1";

  private static final String ADD_ANCHOR =
      """
      INSERT INTO audit_anchor (anchor, size, at, evidence) VALUES (?, ?, ?, ?)
      ON CONFLICT (anchor, size) DO NOTHING
      """;

  private static final String ANCHORED =
      "SELECT DISTINCT ON (anchor) anchor, size, at FROM audit_anchor ORDER BY anchor, size DESC";

  private static final String KEYS =
      "SELECT version, public_key, used_from FROM audit_key ORDER BY version";

  private static final String ADD_KEY =
      "INSERT INTO audit_key (version, public_key, used_from) VALUES (?, ?, ?)";

  private CheckpointStore() {}

  static void add(Connection connection, Note note, Instant signedAt, long epoch)
      throws SQLException {
    Checkpoint checkpoint = Checkpoint.of(note);
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setLong(1, checkpoint.size());
      insert.setObject(2, signedAt.atOffset(ZoneOffset.UTC));
      insert.setBytes(3, checkpoint.root().toBytes());
      insert.setString(4, note.toString());
      insert.setLong(5, epoch);
      insert.setLong(6, checkpoint.size());
      if (insert.executeUpdate() != 1) {
        throw new HeadStore.Deposed();
      }
    }
  }

  /** The newest one. */
  static Optional<Signed> newest(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEWEST);
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Signed(
                  Note.parse(row.getString(1)), row.getObject(2, OffsetDateTime.class).toInstant()))
          : Optional.empty();
    }
  }

  /** The keys that ever signed; their times are when that began. */
  static List<LogKey> keys(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(KEYS);
        ResultSet row = select.executeQuery()) {
      List<LogKey> keys = new ArrayList<>();
      while (row.next()) {
        keys.add(
            new LogKey(
                row.getInt(1),
                row.getBytes(2),
                row.getObject(3, OffsetDateTime.class).toInstant()));
      }
      return keys;
    }
  }

  /** Notes that an anchor has kept {@code evidence}. */
  static void anchored(Connection connection, String anchor, Note evidence, Instant at)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_ANCHOR)) {
      insert.setString(1, anchor);
      insert.setLong(2, Checkpoint.of(evidence).size());
      insert.setObject(3, at.atOffset(ZoneOffset.UTC));
      insert.setString(4, evidence.toString());
      insert.execute();
    }
  }

  /** What each anchor kept last. */
  static List<LogStanding.Anchored> anchored(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ANCHORED);
        ResultSet row = select.executeQuery()) {
      List<LogStanding.Anchored> anchors = new ArrayList<>();
      while (row.next()) {
        anchors.add(
            new LogStanding.Anchored(
                row.getString(1),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class).toInstant()));
      }
      return anchors;
    }
  }

  static void add(Connection connection, LogKey key, Instant usedFrom) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_KEY)) {
      insert.setInt(1, key.version());
      insert.setBytes(2, key.publicKey());
      insert.setObject(3, usedFrom.atOffset(ZoneOffset.UTC));
      insert.execute();
    }
  }

  /**
   * A checkpoint as it was stored.
   *
   * @param note with the log's signatures
   * @param at when it was signed
   */
  record Signed(Note note, Instant at) {}
}
