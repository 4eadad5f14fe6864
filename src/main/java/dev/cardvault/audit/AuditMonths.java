package dev.cardvault.audit;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Makes the audit log's monthly partitions ahead of time, so that none is made while an event
 * waits.
 */
@ApplicationScoped
class AuditMonths {

  private static final Logger LOG = Logger.getLogger(AuditMonths.class);
  private static final int AHEAD = 3;

  private final DataSource dataSource;
  private final Clock clock;

  AuditMonths(DataSource dataSource, Clock clock) {
    this.dataSource = dataSource;
    this.clock = clock;
  }

  @Scheduled(every = "12h", delayed = "1m")
  void makeAhead() {
    LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
    try (Connection connection = dataSource.getConnection();
        var call = connection.prepareStatement("SELECT audit_month(?)")) {
      for (int ahead = 0; ahead <= AHEAD; ahead++) {
        call.setObject(1, today.plusMonths(ahead));
        call.execute();
      }
    } catch (SQLException e) {
      LOG.warnf("The audit log's next months could not be made: SQLSTATE %s", e.getSQLState());
    }
  }
}
