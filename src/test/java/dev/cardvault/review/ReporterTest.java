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
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.LogState;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.sequencer.LogStanding;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class ReporterTest {

  private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);

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
    Eventually.await("the log is in time", Duration.ofSeconds(20), log::isRecent);
  }

  @Test
  void sumsUpADayThatIsOver() {
    Caller caller = newTenant();
    AuditEvent reveal =
        AuditEvent.by(caller, Action.DETOKENIZE)
            .reason(Purpose.CHARGE, new Reference(Reference.Type.ORDER, "o-1"))
            .granted();
    AuditEvent denied = AuditEvent.by(caller, Action.DETOKENIZE).denied(ProblemCode.PURPOSE_DENIED);
    write(at(YESTERDAY.minusDays(3), 9), Collections.nCopies(4, reveal));
    write(at(YESTERDAY, 9), Collections.nCopies(5, reveal));
    write(at(YESTERDAY, 23), List.of(reveal, denied));

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
    Caller caller = newTenant();
    write(at(YESTERDAY, 9), List.of(AuditEvent.by(caller, Action.TOKENIZE).granted()));
    LogStanding proven = awaitReview(caller).report().log().proven();
    assertNotNull(proven);
    assertTrue(proven.size() > 0, "Events of other tests, if no others");
    assertNotNull(proven.signedSize());
    assertNotNull(proven.signedAt());
    assertTrue(proven.signedSize() <= proven.size());
    assertNull(proven.stopped());
    assertEquals(List.of(), proven.anchors(), "None is set here");
  }

  private DailyReview awaitReview(Caller caller) {
    Eventually.await(
        "the day is summed up",
        Duration.ofSeconds(20),
        () -> {
          reporter.sumUpWhatIsMissing();
          return reviews.list(caller, null, 10).data().stream()
              .anyMatch(review -> review.day().equals(YESTERDAY));
        });
    return reviews.find(caller, YESTERDAY);
  }

  private void write(Instant when, List<AuditEvent> events) {
    Clock then = Clock.fixed(when, ZoneOffset.UTC);
    AuditLog log =
        new AuditLog(new Ids(then, new SecureRandom()), new Node("test"), new LogState());
    database.inTransaction(events.get(0).tenant(), connection -> log.append(connection, events));
  }

  private static Instant at(LocalDate day, int hour) {
    return day.atTime(hour, 30).toInstant(ZoneOffset.UTC);
  }

  private Caller newTenant() {
    TenantId tenant = new TenantId(ids.next());
    database.inTransaction(
        tenant,
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT INTO tenant (id, name, created_at) VALUES (?, ?, now() - interval '9"
                      + " days')")) {
            insert.setObject(1, tenant.value());
            insert.setString(2, "t-" + tenant.value());
            return insert.executeUpdate();
          }
        });
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
