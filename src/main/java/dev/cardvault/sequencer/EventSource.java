package dev.cardvault.sequencer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Finds committed events without a place in the log. Transactions commit in any order, so a place
 * is given only to events of transactions older than every one that still runs (the snapshot's
 * xmin): what is passed once is complete.
 */
final class EventSource {

  private static final String WITHOUT_LEAF =
      """
      NOT EXISTS (SELECT FROM audit_leaf l WHERE l.tenant_id = e.tenant_id AND l.event_id = e.id)
      """;

  private static final String BY_WATERMARK =
      "SELECT "
          + PendingEvent.COLUMNS
          + "FROM audit_event e WHERE e.tx >= ?::xid8 AND e.tx < ?::xid8 AND "
          + WITHOUT_LEAF
          + "ORDER BY e.tx, e.id LIMIT ?";

  private static final String SINCE =
      "SELECT "
          + PendingEvent.COLUMNS
          + "FROM audit_event e WHERE e.id >= ? AND "
          + WITHOUT_LEAF
          + "ORDER BY e.id LIMIT ?";

  private static final String WATERMARK =
      "SELECT pg_snapshot_xmin(s), pg_snapshot_xmin(s) < ?::xid8 FROM pg_current_snapshot() s";

  private static final String LAG =
      "SELECT floor(extract(epoch FROM clock_timestamp() - e.at) * 1000) FROM audit_event e"
          + " WHERE e.tx >= ?::xid8 AND "
          + WITHOUT_LEAF
          + "ORDER BY e.tx, e.id LIMIT 1";

  // Ordered as the index on tx is, or the whole table may be read.
  private static final String WAITING =
      "SELECT count(*) FROM (SELECT FROM audit_event e WHERE e.tx >= ?::xid8 AND "
          + WITHOUT_LEAF
          + "ORDER BY e.tx, e.id LIMIT ?) w";

  /** No event waits that long for its place: long before, no more cards are shown. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** Beyond it, how many more does not matter. */
  private static final int MOST_COUNTED = 10_000;

  private static final String IN_TIME =
      "SELECT FROM audit_event e WHERE e.tenant_id = current_tenant() AND e.at >= ? AND e.at < ? AND "
          + WITHOUT_LEAF;

  private EventSource() {}

  /** The next events after those of {@code head}, oldest first. */
  static Batch next(Connection connection, LogHead head, int limit) throws SQLException {
    String fromTx = head.nextTx();
    Watermark watermark = watermark(connection, fromTx);
    List<PendingEvent> events =
        watermark.behind
            ? since(connection, head.sequencedAt().minus(LONGEST_WAIT), limit)
            : upTo(connection, fromTx, watermark.tx, limit);
    boolean more = events.size() == limit;
    String next = more ? events.get(limit - 1).tx() : watermark.tx;
    return new Batch(events, watermark.behind && more ? fromTx : next, more);
  }

  private static Watermark watermark(Connection connection, String fromTx) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(WATERMARK)) {
      select.setString(1, fromTx);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Watermark(row.getString(1), row.getBoolean(2));
      }
    }
  }

  /** Whether an event of the transaction's tenant and of that time waits for its place. */
  static boolean isWaiting(Connection connection, LogHead head, Instant from, Instant to)
      throws SQLException {
    boolean behind = watermark(connection, head.nextTx()).behind;
    Instant passed = head.sequencedAt().minus(LONGEST_WAIT);
    String sql = IN_TIME + (behind ? "LIMIT 1" : "AND e.tx >= ?::xid8 LIMIT 1");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Instant begin = passed.isAfter(from) && behind ? passed : from;
      select.setObject(1, begin.atOffset(ZoneOffset.UTC));
      select.setObject(2, to.atOffset(ZoneOffset.UTC));
      if (!behind) {
        select.setString(3, head.nextTx());
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  private static List<PendingEvent> upTo(
      Connection connection, String fromTx, String watermark, int limit) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(BY_WATERMARK)) {
      select.setString(1, fromTx);
      select.setString(2, watermark);
      select.setInt(3, limit);
      return read(select);
    }
  }

  private static List<PendingEvent> since(Connection connection, Instant time, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SINCE)) {
      select.setObject(1, firstId(time));
      select.setInt(2, limit);
      return read(select);
    }
  }

  private static List<PendingEvent> read(PreparedStatement select) throws SQLException {
    List<PendingEvent> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        events.add(PendingEvent.of(row));
      }
    }
    return events;
  }

  /** How long the first event without a place has waited. */
  static Duration lag(Connection connection, String fromTx) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAG)) {
      select.setString(1, fromTx);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Duration.ofMillis(Math.max(0, row.getLong(1))) : Duration.ZERO;
      }
    }
  }

  /** How many events wait for a place, counted up to ten thousand. */
  static long waiting(Connection connection, String fromTx) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(WAITING)) {
      select.setString(1, fromTx);
      select.setInt(2, MOST_COUNTED);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Below all ids of events from then on: they begin with the millisecond (UUIDv7). */
  static UUID firstId(Instant time) {
    return new UUID(Math.max(0, time.toEpochMilli()) << Short.SIZE, 0);
  }

  /**
   * Up to where all is committed.
   *
   * @param tx the oldest transaction that still runs
   * @param behind whether the log has passed it long ago: the database was restored into a server
   *     whose transactions are numbered anew, so that their numbers say nothing about the rows that
   *     came along
   */
  private record Watermark(String tx, boolean behind) {}

  /**
   * Events that get their places together.
   *
   * @param events oldest first
   * @param nextTx where to go on
   * @param more whether more are waiting already
   */
  record Batch(List<PendingEvent> events, String nextTx, boolean more) {}
}
