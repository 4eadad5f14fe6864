package dev.cardvault.review;

import dev.cardvault.review.DailyReport.AlertCount;
import dev.cardvault.review.DailyReport.Count;
import dev.cardvault.review.DailyReport.Denied;
import dev.cardvault.review.DailyReport.LogState;
import dev.cardvault.review.DailyReport.NewHour;
import dev.cardvault.review.DailyReport.NewNetwork;
import dev.cardvault.sequencer.LogStanding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements that sum a day up, within a transaction of its tenant. */
final class ReportQueries {

  private static final String COUNTS =
      """
      SELECT nullif(client_id, '') AS client_id, action, nullif(purpose, '') AS purpose, outcome, sum(events) AS events
        FROM usage_hour WHERE tenant_id = current_tenant() AND hour >= ? AND hour < ?
       GROUP BY client_id, action, purpose, outcome ORDER BY client_id, action, purpose, outcome
      """;

  private static final String DENIED =
      """
      SELECT nullif(client_id, '') AS client_id, rule, sum(events) AS events
        FROM usage_hour
       WHERE tenant_id = current_tenant() AND hour >= ? AND hour < ? AND outcome = 'DENIED'
       GROUP BY client_id, rule ORDER BY client_id, rule
      """;

  private static final String NEW_NETWORKS =
      """
      SELECT client_id, network, first_at FROM client_network
       WHERE tenant_id = current_tenant() AND first_at >= ? AND first_at < ? ORDER BY first_at, client_id, network
      """;

  private static final String NEW_HOURS =
      """
      SELECT client_id, extract(hour FROM u.hour AT TIME ZONE 'UTC')::int AS hour, sum(events) AS events
        FROM usage_hour u
       WHERE tenant_id = current_tenant() AND u.hour >= ? AND u.hour < ?
         AND action = 'DETOKENIZE' AND outcome = 'GRANTED'
         AND NOT EXISTS (
           SELECT FROM usage_hour b
            WHERE b.tenant_id = u.tenant_id AND b.client_id = u.client_id
              AND b.hour < ? AND b.hour >= ?::timestamptz - interval '28 days'
              AND b.action = 'DETOKENIZE' AND b.outcome = 'GRANTED'
              AND extract(hour FROM b.hour AT TIME ZONE 'UTC') = extract(hour FROM u.hour AT TIME ZONE 'UTC'))
       GROUP BY 1, 2 ORDER BY 1, 2
      """;

  private static final String ALERTS =
      """
      SELECT lower(rule) AS rule, count(*) AS raised, count(*) FILTER (WHERE state <> 'resolved') AS open
        FROM alert WHERE tenant_id = current_tenant() AND raised_at >= ? AND raised_at < ?
       GROUP BY rule ORDER BY rule
      """;

  private static final String LAST =
      """
      SELECT max(at) AS last_at FROM audit_event WHERE tenant_id = current_tenant() AND at >= ? AND at < ?
      """;

  private static final String CURSOR =
      "SELECT tx::text AS tx, id FROM watch_cursor WHERE name = 'alerts'";

  private static final String UNCOUNTED =
      """
      SELECT EXISTS (
        SELECT FROM audit_event
         WHERE (tx, id) > (?::xid8, ?) AND tenant_id = current_tenant() AND at < ?) AS uncounted
      """;

  private ReportQueries() {}

  /** The report of {@code day}, as far as its events have been counted. */
  static DailyReport of(Connection connection, LocalDate day) throws SQLException {
    // Asked before anything is read: each statement sees what was committed by then, so an event
    // counted between the sums and this question would be missing from a report called complete.
    boolean complete = isCounted(connection, day);
    List<Count> counts =
        rows(
            connection,
            COUNTS,
            day,
            row ->
                new Count(
                    row.getString("client_id"),
                    row.getString("action"),
                    row.getString("purpose"),
                    row.getString("outcome"),
                    row.getLong("events")));
    List<Denied> denied =
        rows(
            connection,
            DENIED,
            day,
            row ->
                new Denied(
                    row.getString("client_id"), row.getString("rule"), row.getLong("events")));
    List<NewNetwork> networks =
        rows(
            connection,
            NEW_NETWORKS,
            day,
            row ->
                new NewNetwork(
                    row.getString("client_id"),
                    row.getString("network"),
                    row.getObject("first_at", OffsetDateTime.class).toInstant()));
    List<NewHour> hours =
        rows(
            connection,
            NEW_HOURS,
            day,
            row ->
                new NewHour(row.getString("client_id"), row.getInt("hour"), row.getLong("events")));
    List<AlertCount> alerts =
        rows(
            connection,
            ALERTS,
            day,
            row ->
                new AlertCount(row.getString("rule"), row.getLong("raised"), row.getLong("open")));
    long counted = counts.stream().mapToLong(Count::events).sum();
    LogState log =
        new LogState(lastEventAt(connection, day), counted, complete, standing(connection, day));
    return new DailyReport(counted, counts, denied, networks, hours, alerts, log);
  }

  private static boolean isCounted(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement cursor = connection.prepareStatement(CURSOR);
        PreparedStatement uncounted = connection.prepareStatement(UNCOUNTED);
        ResultSet at = cursor.executeQuery()) {
      at.next();
      uncounted.setString(1, at.getString("tx"));
      uncounted.setObject(2, at.getObject("id", UUID.class));
      uncounted.setObject(3, day.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
      try (ResultSet row = uncounted.executeQuery()) {
        row.next();
        return !row.getBoolean("uncounted");
      }
    }
  }

  private static @Nullable Instant lastEventAt(Connection connection, LocalDate day)
      throws SQLException {
    return rows(connection, LAST, day, row -> Optional.ofNullable(instant(row, "last_at")))
        .get(0)
        .orElse(null);
  }

  private static LogStanding standing(Connection connection, LocalDate day) throws SQLException {
    return LogStanding.of(
        connection,
        day.atStartOfDay().toInstant(ZoneOffset.UTC),
        day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /**
   * Every statement takes the day's begin and end, and those with four parameters its begin again.
   */
  private static <T> List<T> rows(
      Connection connection, String sql, LocalDate day, RowReader<T> reader) throws SQLException {
    OffsetDateTime begin = day.atStartOfDay().atOffset(ZoneOffset.UTC);
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, begin);
      select.setObject(2, begin.plusDays(1));
      for (int i = 3; i <= select.getParameterMetaData().getParameterCount(); i++) {
        select.setObject(i, begin);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    }
  }

  /** Reads one row. */
  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
