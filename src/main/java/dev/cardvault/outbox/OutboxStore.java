package dev.cardvault.outbox;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Node;
import dev.cardvault.database.Passage;
import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The messages of all tenants, for whoever delivers them. Time is the database's, since nodes
 * disagree about theirs. Blocks; fails with {@code database-unavailable}.
 */
@ApplicationScoped
class OutboxStore {

  private static final String GIVE_UP =
      """
      UPDATE outbox SET state = 'failed', settled_at = clock_timestamp(),
        last_result = coalesce(last_result || ', ', '') || 'expired'
       WHERE state = 'waiting' AND expires_at <= clock_timestamp()
      """;

  // Of a lane only the oldest is due. A row that another node took meanwhile is skipped, or, where
  // a database has no SKIP LOCKED, no longer matches once its lock is free.
  private static final String TAKE =
      """
      WITH due AS (
        SELECT m.tenant_id, m.id FROM outbox m
         WHERE m.state = 'waiting' AND m.due_at <= clock_timestamp() AND m.destination_id <> ALL (?)
           AND (m.lane IS NULL OR NOT EXISTS (
             SELECT FROM outbox e
              WHERE e.tenant_id = m.tenant_id AND e.destination_id = m.destination_id AND e.lane = m.lane
                AND e.state = 'waiting' AND e.number < m.number))
         ORDER BY m.due_at LIMIT ? FOR UPDATE OF m SKIP LOCKED)
      UPDATE outbox m
         SET due_at = clock_timestamp() + make_interval(secs => ?), attempts = m.attempts + 1, node = ?
        FROM due, destination d
       WHERE m.tenant_id = due.tenant_id AND m.id = due.id AND m.due_at <= clock_timestamp()
         AND d.id = m.destination_id
      RETURNING m.tenant_id, m.id, m.attempts, m.kind, m.body, d.id AS destination, d.channel, d.address,
        d.secret_version, coalesce(d.previous_secret_until > clock_timestamp(), false) AS previous_too
      """;

  private static final String SETTLE =
      """
      UPDATE outbox
         SET state = ?, last_result = ?, due_at = clock_timestamp() + make_interval(secs => ?),
           settled_at = CASE WHEN ? = 'waiting' THEN NULL ELSE clock_timestamp() END
       WHERE tenant_id = ? AND id = ? AND attempts = ? AND state = 'waiting'
      """;

  private static final String BACKLOG =
      """
      SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)
        FROM outbox WHERE state = 'waiting'
      """;

  private static final String PURGE =
      """
      DELETE FROM outbox
       WHERE state <> 'waiting' AND settled_at < clock_timestamp() - make_interval(secs => ?)
      """;

  private final TenantDatabase database;
  private final Node node;

  OutboxStore(TenantDatabase database, Node node) {
    this.database = database;
    this.node = node;
  }

  /**
   * What is waiting.
   *
   * @param messages how many
   * @param oldestSeconds for how long the oldest has waited
   */
  record Backlog(long messages, double oldestSeconds) {}

  /**
   * Takes up to {@code limit} messages that are due, for {@code lease}; whoever does not settle one
   * in that time has lost it.
   *
   * @param busy destinations that are to be left alone
   */
  List<Delivery> take(Collection<UUID> busy, int limit, Duration lease) {
    return database.acrossTenants(
        Passage.OUTBOX,
        connection -> {
          try (PreparedStatement giveUp = connection.prepareStatement(GIVE_UP)) {
            giveUp.executeUpdate();
          }
          try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setArray(1, connection.createArrayOf("uuid", busy.toArray()));
            take.setInt(2, limit);
            take.setDouble(3, seconds(lease));
            take.setString(4, node.name());
            return deliveries(take);
          }
        });
  }

  /** Writes down what came of an attempt, if the message is still this attempt's. */
  void settle(Delivery delivery, Result result, Duration wait) {
    String state =
        switch (result.end()) {
          case DELIVERED -> "delivered";
          case FAILED -> "failed";
          case RETRY -> "waiting";
        };
    database.acrossTenants(
        Passage.OUTBOX,
        connection -> {
          try (PreparedStatement settle = connection.prepareStatement(SETTLE)) {
            settle.setString(1, state);
            settle.setString(2, result.reason());
            settle.setDouble(3, seconds(wait));
            settle.setString(4, state);
            settle.setObject(5, delivery.tenant().value());
            settle.setObject(6, delivery.id());
            settle.setInt(7, delivery.attempt());
            return settle.executeUpdate();
          }
        });
  }

  /** What is waiting, in all. */
  Backlog backlog() {
    return database.acrossTenants(
        Passage.OUTBOX,
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(BACKLOG);
              ResultSet row = count.executeQuery()) {
            row.next();
            return new Backlog(row.getLong(1), row.getDouble(2));
          }
        });
  }

  /** Forgets what was settled longer ago than {@code kept}. */
  int purge(Duration kept) {
    return database.acrossTenants(
        Passage.OUTBOX,
        connection -> {
          try (PreparedStatement purge = connection.prepareStatement(PURGE)) {
            purge.setDouble(1, seconds(kept));
            return purge.executeUpdate();
          }
        });
  }

  private static List<Delivery> deliveries(PreparedStatement take) throws SQLException {
    List<Delivery> taken = new ArrayList<>();
    try (ResultSet row = take.executeQuery()) {
      while (row.next()) {
        taken.add(
            new Delivery(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getObject("id", UUID.class),
                row.getInt("attempts"),
                row.getString("kind"),
                row.getString("body"),
                new Delivery.Target(
                    row.getObject("destination", UUID.class),
                    row.getString("channel"),
                    row.getString("address"),
                    row.getInt("secret_version"),
                    row.getBoolean("previous_too"))));
      }
    }
    return taken;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
