package dev.cardvault.alerts;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditFeed.Position;
import dev.cardvault.audit.LogFollowers;
import dev.cardvault.audit.LogFollowers.Lease;
import dev.cardvault.database.Passage;
import dev.cardvault.database.Rows;
import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows the log of all tenants. Blocks; fails with {@code database-unavailable}. */
@ApplicationScoped
class WatchStore implements Histories {

  private static final String NAME = "alerts";

  // What a transaction wrote is seen once no older transaction can still commit: so nothing comes
  // to stand before the cursor later.
  private static final String NEXT =
      """
      SELECT e.tx::text AS tx, e.id, e.at, e.tenant_id, coalesce(e.client_id, '') AS client_id, e.action, e.outcome,
        coalesce(e.rule, '') AS rule, coalesce(e.purpose, '') AS purpose, e.source_address,
        e.reference_type || ':' || e.reference_id AS reference, e.token_id, d.token_id IS NOT NULL AS decoy
        FROM audit_event e LEFT JOIN decoy d ON d.tenant_id = e.tenant_id AND d.token_id = e.token_id
       WHERE (e.tx, e.id) > (?::xid8, ?) AND e.tx < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY e.tx, e.id LIMIT ?
      """;

  private static final String COUNT =
      """
      INSERT INTO usage_hour (tenant_id, hour, client_id, action, outcome, rule, purpose, events)
      SELECT * FROM unnest(?::uuid[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
      ON CONFLICT (tenant_id, client_id, hour, action, outcome, rule, purpose)
      DO UPDATE SET events = usage_hour.events + EXCLUDED.events
      """;

  private static final String NOTE_NETWORKS =
      """
      INSERT INTO client_network (tenant_id, client_id, network, first_at, last_at)
      SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
      ON CONFLICT (tenant_id, client_id, network) DO UPDATE SET last_at = greatest(client_network.last_at, EXCLUDED.last_at)
      """;

  private static final String SETTINGS =
      "SELECT tenant_id, rule, enabled, threshold, response FROM alert_rule";

  private static final String HOURS =
      """
      SELECT hour, sum(events) AS reveals FROM usage_hour
       WHERE tenant_id = ? AND client_id = ? AND action = 'DETOKENIZE' AND outcome = 'GRANTED'
         AND hour >= ? AND hour < ?
       GROUP BY hour
      """;

  private static final String NETWORKS =
      "SELECT network FROM client_network WHERE tenant_id = ? AND client_id = ?";

  private static final Duration FOUR_WEEKS = Duration.ofDays(28);
  private static final Duration TWO_WEEKS = Duration.ofDays(14);

  private final TenantDatabase database;
  private final LogFollowers followers;

  WatchStore(TenantDatabase database, LogFollowers followers) {
    this.database = database;
    this.followers = followers;
  }

  /** Where this node goes on, if it is the one to follow the log; {@code null} if another is. */
  @Nullable Lease lease(Duration length) {
    return followers.lease(NAME, length);
  }

  /** Up to {@code limit} events after {@code from}. */
  Batch next(Lease from, int limit) {
    return database.acrossTenants(
        Passage.WATCH,
        connection -> {
          try (PreparedStatement next = connection.prepareStatement(NEXT)) {
            next.setString(1, from.position().tx());
            next.setObject(2, from.position().id());
            next.setInt(3, limit);
            return batch(next, from);
          }
        });
  }

  /** What each tenant has set otherwise than the default. */
  Map<TenantId, Map<Rule, RuleSetting>> settings() {
    return database.acrossTenants(
        Passage.WATCH,
        connection -> {
          Map<TenantId, Map<Rule, RuleSetting>> settings = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(SETTINGS);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              RuleSetting setting = AlertStore.setting(row);
              settings
                  .computeIfAbsent(
                      new TenantId(row.getObject("tenant_id", UUID.class)),
                      tenant -> new EnumMap<>(Rule.class))
                  .put(setting.rule(), setting);
            }
          }
          return settings;
        });
  }

  /**
   * Notes that the events of {@code batch} have been seen, and what {@code also} does, all or
   * nothing.
   *
   * @return whether this node still was the one to follow the log
   */
  boolean advance(Batch batch, TenantDatabase.Work<Integer> also) {
    return database.acrossTenants(
        Passage.WATCH,
        connection -> {
          if (!followers.advance(connection, batch.end())) {
            return false;
          }
          count(connection, batch.usage());
          also.on(connection);
          return true;
        });
  }

  @Override
  public History of(ClientKey client, Instant now) {
    return database.acrossTenants(
        Passage.WATCH,
        connection -> {
          long busiest = 0;
          Set<Instant> days = new HashSet<>();
          Set<Integer> hours = new HashSet<>();
          try (PreparedStatement select = connection.prepareStatement(HOURS)) {
            select.setObject(1, client.tenant().value());
            select.setString(2, client.clientId());
            select.setObject(3, now.minus(FOUR_WEEKS).atOffset(ZoneOffset.UTC));
            select.setObject(4, now.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC));
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                Instant hour = instant(row, "hour");
                days.add(hour.truncatedTo(ChronoUnit.DAYS));
                hours.add(hour.atOffset(ZoneOffset.UTC).getHour());
                if (hour.isAfter(now.minus(TWO_WEEKS))) {
                  busiest = Math.max(busiest, row.getLong("reveals"));
                }
              }
            }
          }
          return new History(busiest, days.size(), hours, networks(connection, client));
        });
  }

  private static Set<String> networks(Connection connection, ClientKey client) throws SQLException {
    Set<String> networks = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(NETWORKS)) {
      select.setObject(1, client.tenant().value());
      select.setString(2, client.clientId());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          networks.add(row.getString(1));
        }
      }
    }
    return networks;
  }

  private static Batch batch(PreparedStatement next, Lease from) throws SQLException {
    List<Sighting> events = new ArrayList<>();
    Usage usage = new Usage();
    Lease end = from;
    try (ResultSet row = next.executeQuery()) {
      while (row.next()) {
        Sighting seen =
            new Sighting(
                row.getObject("id", UUID.class),
                instant(row, "at"),
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("client_id"),
                row.getString("action"),
                row.getString("outcome"),
                row.getString("source_address"),
                row.getString("reference"),
                row.getObject("token_id", UUID.class),
                row.getBoolean("decoy"));
        events.add(seen);
        usage.add(seen, row.getString("rule"), row.getString("purpose"));
        end = end.at(new Position(row.getString("tx"), seen.id()));
      }
    }
    return new Batch(events, usage, end);
  }

  private static void count(Connection connection, Usage usage) throws SQLException {
    List<Map.Entry<Usage.Hour, Long>> hours = new ArrayList<>(usage.hours().entrySet());
    if (hours.isEmpty()) {
      return;
    }
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      new Rows<>(connection, count, 1, hours)
          .text(e -> e.getKey().tenant())
          .text(e -> e.getKey().hour())
          .text(e -> e.getKey().clientId())
          .text(e -> e.getKey().action())
          .text(e -> e.getKey().outcome())
          .text(e -> e.getKey().rule())
          .text(e -> e.getKey().purpose())
          .text(Map.Entry::getValue);
      count.executeUpdate();
    }
    List<Map.Entry<Usage.Network, Instant[]>> networks =
        new ArrayList<>(usage.networks().entrySet());
    try (PreparedStatement note = connection.prepareStatement(NOTE_NETWORKS)) {
      new Rows<>(connection, note, 1, networks)
          .text(e -> e.getKey().tenant())
          .text(e -> e.getKey().clientId())
          .text(e -> e.getKey().network())
          .text(e -> e.getValue()[0])
          .text(e -> e.getValue()[1]);
      note.executeUpdate();
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
