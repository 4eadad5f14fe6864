package dev.cardvault.sequencer;

import dev.cardvault.database.Rows;
import dev.cardvault.ledger.EntryBundle;
import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TileReader;
import dev.cardvault.ledger.TreeHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Leaves and full tiles, which are added and never changed. */
final class LeafStore {

  private static final String ADD_LEAVES =
      """
      INSERT INTO audit_leaf (idx, tenant_id, number, event_id, leaf)
      SELECT ? + ord - 1, tenant, number, event, leaf
      FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::bytea[]) WITH ORDINALITY AS l (tenant, number, event, leaf, ord)
      """;

  private static final String ADD_TILE =
      "INSERT INTO audit_tile (level, idx, hashes, root) VALUES (?, ?, ?, ?)";

  private static final String TILE = "SELECT hashes FROM audit_tile WHERE level = ? AND idx = ?";

  private static final String ROOTS =
      "SELECT root FROM audit_tile WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx";

  private static final String LEAVES =
      "SELECT leaf FROM audit_leaf WHERE idx >= ? AND idx < ? ORDER BY idx";

  private static final String FOUND =
      """
      SELECT l.idx, l.leaf, e.salt, e.actor, e.source_address, e.reference_id, e.call_id, e.subject
      FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id AND e.tenant_id = l.tenant_id
      WHERE l.tenant_id = current_tenant() AND
      """;

  private static final String OF_EVENT = FOUND + "l.event_id = ?";

  private static final String NUMBERED = FOUND + "l.number >= ? ORDER BY l.number LIMIT ?";

  private static final String SPAN =
      """
      SELECT min(number), max(number), max(idx) FROM audit_leaf
      WHERE tenant_id = current_tenant() AND event_id >= ? AND event_id < ?
      """;

  private static final String OWN =
      "SELECT idx, leaf FROM audit_leaf WHERE tenant_id = current_tenant() AND idx >= ? AND idx <"
          + " ?";

  private static final String PENDING =
      "SELECT FROM audit_event WHERE tenant_id = current_tenant() AND id = ?";

  private static final String LAST_NUMBER =
      "SELECT number FROM audit_leaf WHERE tenant_id = ? ORDER BY number DESC LIMIT 1";

  private LeafStore() {}

  /** Adds {@code leaves} from the index {@code first} on. */
  static void add(Connection connection, long first, List<PlacedLeaf> leaves) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_LEAVES)) {
      insert.setLong(1, first);
      new Rows<>(connection, insert, 2, leaves)
          .text(PlacedLeaf::tenant)
          .text(PlacedLeaf::number)
          .text(PlacedLeaf::eventId)
          .bytes(PlacedLeaf::bytes);
      insert.execute();
    }
  }

  static void add(Connection connection, List<GrowingTree.Full> tiles) throws SQLException {
    if (tiles.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(ADD_TILE)) {
      for (GrowingTree.Full full : tiles) {
        insert.setInt(1, full.tile().level());
        insert.setLong(2, full.tile().index());
        insert.setBytes(3, full.tile().bytes());
        insert.setBytes(4, full.root().toBytes());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** The last number an event of that tenant has; 0 when it has none. */
  static long lastNumber(Connection connection, UUID tenant) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST_NUMBER)) {
      select.setObject(1, tenant);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /**
   * The log's tiles: full ones as they were stored; of one that is not full yet, the hashes of the
   * leaves, or of the tiles below.
   */
  static TileReader<SQLException> tiles(Connection connection) {
    return (level, index, width) -> {
      List<Hash> stored = width == Tile.WIDTH ? stored(connection, level, index) : List.of();
      if (stored.isEmpty()) {
        stored =
            level == 0
                ? hashesOf(leaves(connection, index * Tile.WIDTH, width))
                : roots(connection, level - 1, index * Tile.WIDTH, width);
      }
      if (stored.size() < width) {
        throw new SQLException("A tile of the audit log is missing: " + level + "/" + index);
      }
      return new Tile(level, index, stored);
    };
  }

  private static List<Hash> stored(Connection connection, int level, long index)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TILE)) {
      select.setInt(1, level);
      select.setLong(2, index);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Tile.of(level, index, row.getBytes(1)).hashes() : List.of();
      }
    }
  }

  private static List<Hash> roots(Connection connection, int level, long first, int count)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ROOTS)) {
      select.setInt(1, level);
      select.setLong(2, first);
      select.setLong(3, first + count);
      List<Hash> roots = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          roots.add(Hash.copyOf(row.getBytes(1), 0));
        }
      }
      return roots;
    }
  }

  /** The leaves from {@code first} on that the role may see, in order. */
  static List<byte[]> leaves(Connection connection, long first, int count) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LEAVES)) {
      select.setLong(1, first);
      select.setLong(2, first + count);
      List<byte[]> leaves = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          leaves.add(row.getBytes(1));
        }
      }
      return leaves;
    }
  }

  /** The leaves from {@code first} on; those of other tenants hidden. */
  static List<byte[]> ownLeaves(Connection connection, long first, int count) throws SQLException {
    List<byte[]> leaves = new ArrayList<>(Collections.nCopies(count, EntryBundle.HIDDEN));
    try (PreparedStatement select = connection.prepareStatement(OWN)) {
      select.setLong(1, first);
      select.setLong(2, first + count);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          leaves.set((int) (row.getLong(1) - first), row.getBytes(2));
        }
      }
    }
    return leaves;
  }

  /** The leaf of an event of the transaction's tenant. */
  static Optional<Found> find(Connection connection, UUID event) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OF_EVENT)) {
      select.setObject(1, event);
      return found(select).stream().findFirst();
    }
  }

  /** The leaves of the transaction's tenant from that number on. */
  static List<Found> numbered(Connection connection, long from, int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NUMBERED)) {
      select.setLong(1, from);
      select.setInt(2, limit);
      return found(select);
    }
  }

  /** Where the events of the transaction's tenant and of that time stand; nothing without any. */
  static Optional<Span> span(Connection connection, Instant from, Instant to) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SPAN)) {
      select.setObject(1, EventSource.firstId(from));
      select.setObject(2, EventSource.firstId(to));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getObject(1) == null
            ? Optional.empty()
            : Optional.of(new Span(row.getLong(1), row.getLong(2), row.getLong(3)));
      }
    }
  }

  /** Whether the transaction's tenant has that event, in the log or not. */
  static boolean isPending(Connection connection, UUID event) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PENDING)) {
      select.setObject(1, event);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static List<Found> found(PreparedStatement select) throws SQLException {
    List<Found> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(new Found(row.getLong("idx"), row.getBytes("leaf"), Words.of(row)));
      }
    }
    return found;
  }

  private static List<Hash> hashesOf(List<byte[]> leaves) {
    TreeHash hashes = new TreeHash();
    return leaves.stream().map(hashes::leaf).toList();
  }

  /**
   * Where a tenant's events of some time stand.
   *
   * @param first the lowest number
   * @param last the highest
   * @param lastIndex the last place in the log
   */
  record Span(long first, long last, long lastIndex) {}

  /**
   * A leaf as it was found.
   *
   * @param index where it stands
   * @param leaf its bytes
   * @param words what it commits to, while that is not forgotten
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Found(long index, byte[] leaf, SortedMap<String, String> words) {

    /** Of an event that has no leaf so far: it stands beyond every tree. */
    static final Found NOT_YET = new Found(Long.MAX_VALUE, EntryBundle.HIDDEN, new TreeMap<>());
  }
}
