package dev.cardvault.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.Caller;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.Purpose;
import dev.cardvault.access.Reference;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.LogState;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.sequencer.LogStanding;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.StoppedClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class ReporterTest {

  private static final LocalDate YESTERDAY = Reporter.lastDayAt(Instant.now());
  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject DataSource dataSource;
  @Inject Reporter reporter;
  @Inject DailyReviews reviews;
  @Inject TenantDatabase database;
  @Inject Ids ids;
  @Inject LogState log;

  // Whoever looks at the log before yesterday's events have their places finds them a day late, and
  // then no PAN is shown. Said so first, only a look from now on can find them in time.
  @AfterEach
  void leaveTheLogInTime() {
    log.note(Duration.ofDays(1), 1, true, null);
    Eventually.await("the log is in time", SOON, log::isRecent);
  }

  @Test
  void sumsUpADayThatIsOver() {
    Caller caller = newCaller();
    AuditEvent reveal = reveal(caller);
    AuditEvent denied = AuditEvent.by(caller, Action.DETOKENIZE).denied(ProblemCode.PURPOSE_DENIED);
    addTenant(
        caller,
        new Written(at(YESTERDAY.minusDays(3), 9), Collections.nCopies(4, reveal)),
        new Written(at(YESTERDAY, 9), Collections.nCopies(5, reveal)),
        new Written(at(YESTERDAY, 23), List.of(reveal, denied)));

    DailyReport report = awaitReview(caller).report();
    assertEquals(7, report.events());
    assertEquals(
        List.of(
            new DailyReport.Count(caller.clientId(), "DETOKENIZE", "charge", "GRANTED", 6),
            new DailyReport.Count(caller.clientId(), "DETOKENIZE", null, "DENIED", 1)),
        report.counts());
    assertEquals(
        List.of(new DailyReport.Denied(caller.clientId(), "purpose-denied", 1)), report.denied());
    assertEquals(List.of(new DailyReport.NewHour(caller.clientId(), 23, 1)), report.newHours());
    assertEquals(List.of(), report.newNetworks(), "It called from there three days before");
    assertEquals(at(YESTERDAY, 23), report.log().lastEventAt());
    assertTrue(report.log().complete());
  }

  @Test
  void saysHowFarTheLogCanBeProven() {
    Caller caller = newCaller();
    AuditEvent tokenize = AuditEvent.by(caller, Action.TOKENIZE).granted();
    addTenant(caller, new Written(at(YESTERDAY, 9), List.of(tokenize)));
    LogStanding proven = awaitReview(caller).report().log().proven();
    assertNotNull(proven);
    assertTrue(proven.size() > 0, "Events of other tests, if no others");
    assertNotNull(proven.signedSize());
    assertNotNull(proven.signedAt());
    assertTrue(proven.signedSize() <= proven.size());
    assertNull(proven.stopped());
    assertEquals(List.of(), proven.anchors(), "None is set here");
  }

  @Test
  void callsNothingCompleteThatWasCountedWhileItSummedUp() throws SQLException {
    Caller caller = newCaller();
    try (Connection cursor = dataSource.getConnection();
        Connection alerts = dataSource.getConnection()) {
      hold(cursor, "SELECT FROM watch_cursor WHERE name = 'alerts' FOR UPDATE");
      addTenant(caller, new Written(at(YESTERDAY, 9), List.of(reveal(caller))));
      // After the event: whoever follows the log waits for older transactions. As the owner: the
      // service itself may not lock that table.
      hold(alerts, "SET LOCAL ROLE NONE; LOCK TABLE alert IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Void> summedUp =
          CompletableFuture.runAsync(() -> reporter.sumUp(caller.tenant(), YESTERDAY));
      String waiting = "pg_locks WHERE relation = 'alert'::regclass AND NOT granted";
      Eventually.await(
          "it comes to the alerts", SOON, () -> summedUp.isDone() || isIn(waiting, caller));
      cursor.rollback();
      Eventually.await("the event is counted", SOON, () -> isIn("usage_hour", caller));
      alerts.rollback();
      // On a busy machine it may have waited too long for the alerts, and have failed.
      summedUp.exceptionally(failed -> null).join();
    }
    assertEquals(1, awaitReview(caller).report().events());
  }

  private DailyReview awaitReview(Caller caller) {
    Eventually.await(
        "the day is summed up",
        SOON,
        () -> {
          reporter.sumUpWhatIsMissing();
          return reviews.list(caller, null, 10).data().stream()
              .anyMatch(review -> review.day().equals(YESTERDAY));
        });
    return reviews.find(caller, YESTERDAY);
  }

  private static AuditEvent reveal(Caller caller) {
    return AuditEvent.by(caller, Action.DETOKENIZE)
        .reason(Purpose.CHARGE, new Reference(Reference.Type.ORDER, "o-1"))
        .granted();
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 30).toInstant(ZoneOffset.UTC);
  }

  /** Some events, and when they were written. */
  private record Written(Instant at, List<AuditEvent> events) {}

  // All at once, or the service sums up the new tenant's days, of its own accord, without events.
  private void addTenant(Caller caller, Written... writings) {
    database.inTransaction(
        caller.tenant(),
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT INTO tenant (id, name, created_at) VALUES (?, ?, now() - interval '9"
                      + " days')")) {
            insert.setObject(1, caller.tenant().value());
            insert.setString(2, "t-" + caller.tenant());
            insert.executeUpdate();
          }
          for (Written written : writings) {
            StoppedClock.logAt(written.at()).append(connection, written.events());
          }
          return writings.length;
        });
  }

  private static void hold(Connection connection, String locks) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute(locks);
    }
  }

  /** Whether the caller's tenant sees a row of {@code table}. */
  private boolean isIn(String table, Caller caller) {
    return database.inTransaction(
        caller.tenant(),
        connection -> {
          try (var select = connection.prepareStatement("SELECT FROM " + table);
              var row = select.executeQuery()) {
            return row.next();
          }
        });
  }

  private Caller newCaller() {
    TenantId tenant = new TenantId(ids.next());
    Set<Scope> scopes = Set.of(Scope.AUDIT_READ);
    return new Caller(
        tenant,
        "cli_" + tenant,
        "test",
        "crd_test",
        scopes,
        new ClientPolicy(scopes, Set.of(), Set.of(), List.of(), null, 0, 0),
        "192.0.2.1",
        "request-1");
  }
}
