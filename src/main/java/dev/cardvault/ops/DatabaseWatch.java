package dev.cardvault.ops;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Looks at the database every two seconds on a thread of its own, so that a health question is
 * answered from memory: an exhausted pool or a frozen server cannot make it wait.
 */
@ApplicationScoped
public class DatabaseWatch {

  private static final Logger LOG = Logger.getLogger(DatabaseWatch.class);

  private static final Duration EVERY = Duration.ofSeconds(2);

  /** A look that takes longer than the pool's and the statement's time-outs counts as no answer. */
  private static final Duration STALE = Duration.ofSeconds(6);

  private static final int QUERY_SECONDS = 1;

  private static final String LOOK =
      """
      SELECT clock_timestamp(),
        NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off',
        ARRAY(
          SELECT n.tab || '.' || n.col FROM unnest(?::text[], ?::text[]) n (tab, col)
          WHERE NOT EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = to_regclass(quote_ident(n.tab)) AND a.attname = n.col AND NOT a.attisdropped))
      """;

  private final DataSource dataSource;
  private final Clock clock;
  private final List<NeededColumns.Column> needed = NeededColumns.all();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "database-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile DatabaseState seen = DatabaseState.SILENT;
  private volatile long seenAt = System.nanoTime();

  /** Looks through the pool that requests use. */
  DatabaseWatch(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  /** What the last look told; {@link DatabaseState#SILENT} if that is too long ago. */
  DatabaseState state() {
    return System.nanoTime() - seenAt > STALE.toNanos() ? DatabaseState.SILENT : seen;
  }

  void start(@Observes StartupEvent started) {
    looks.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) {
    looks.shutdownNow();
  }

  // Nothing may escape: the timer would not come again.
  private void look() {
    DatabaseState now;
    try (Connection connection = dataSource.getConnection()) {
      now = look(connection);
    } catch (SQLException | RuntimeException e) {
      now = DatabaseState.SILENT;
    }
    if (now.answers() != seen.answers()) {
      LOG.log(
          now.answers() ? Logger.Level.INFO : Logger.Level.ERROR,
          now.answers() ? "The database answers" : "The database does not answer");
    }
    seen = now;
    seenAt = System.nanoTime();
  }

  private DatabaseState look(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
      statement.setQueryTimeout(QUERY_SECONDS);
      statement.setArray(
          1, connection.createArrayOf("text", needed.stream().map(c -> c.table()).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", needed.stream().map(c -> c.column()).toArray()));
      Instant before = clock.instant();
      try (ResultSet row = statement.executeQuery()) {
        Duration took = Duration.between(before, clock.instant());
        row.next();
        Instant theirs = row.getObject(1, OffsetDateTime.class).toInstant();
        List<String> missing = new ArrayList<>();
        for (Object column : (Object[]) row.getArray(3).getArray()) {
          missing.add(column.toString());
        }
        Duration ahead = Duration.between(before.plus(took.dividedBy(2)), theirs);
        return new DatabaseState(true, row.getBoolean(2), List.copyOf(missing), ahead);
      }
    }
  }
}
