package dev.cardvault.review;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Passage;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sums up each day that is over, for each tenant, once all of its events have been counted. Any
 * number of nodes may do so: the first one's report stays.
 */
@ApplicationScoped
class Reporter {

  private static final Logger LOG = Logger.getLogger(Reporter.class);

  /** A day that was not summed up within a week was one without the service. */
  private static final int DAYS_BACK = 7;

  private static final int AT_ONCE = 500;

  /** Nobody is a second late with an event; the follower of the log may be. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(10);

  private static final String MISSING =
      """
      SELECT t.id, d::date AS day
        FROM generate_series(?::date, ?::date, interval '1 day') d
        JOIN tenant t ON t.created_at < d + interval '1 day'
       WHERE NOT EXISTS (SELECT FROM daily_review r WHERE r.tenant_id = t.id AND r.day = d::date)
       ORDER BY 2, 1 LIMIT ?
      """;

  private final TenantDatabase database;
  private final Ids ids;

  Reporter(TenantDatabase database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /** A day of a tenant. */
  private record TenantDay(TenantId tenant, LocalDate day) {}

  @Scheduled(every = "5m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  void sumUpWhatIsMissing() {
    try {
      LocalDate last = lastDayAt(ids.now());
      missing(last.minusDays(DAYS_BACK - 1L), last)
          .forEach(missing -> sumUp(missing.tenant(), missing.day()));
    } catch (ProblemException e) {
      LOG.warnf("Daily reviews wait: %s", e.code().code());
    }
  }

  /** The last day that is over at {@code now}, late events included. */
  static LocalDate lastDayAt(Instant now) {
    return LocalDate.ofInstant(now.minus(AFTER_MIDNIGHT), ZoneOffset.UTC).minusDays(1);
  }

  /** Sums {@code day} up, unless some of its events are still to be counted. */
  void sumUp(TenantId tenant, LocalDate day) {
    boolean complete =
        database.inTransaction(
            tenant,
            connection -> {
              DailyReport report = ReportQueries.of(connection, day);
              if (report.log().complete()) {
                ReviewStore.add(connection, day, report, ids.now());
              }
              return report.log().complete();
            });
    if (!complete) {
      LOG.warnf("The review of %s waits until all of its events are counted", day);
    }
  }

  private List<TenantDay> missing(LocalDate from, LocalDate to) {
    return database.acrossTenants(
        Passage.WATCH,
        connection -> {
          List<TenantDay> missing = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(MISSING)) {
            select.setObject(1, from);
            select.setObject(2, to);
            select.setInt(3, AT_ONCE);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                missing.add(
                    new TenantDay(
                        new TenantId(row.getObject("id", UUID.class)),
                        row.getObject("day", LocalDate.class)));
              }
            }
          }
          return missing;
        });
  }
}
