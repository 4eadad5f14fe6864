package dev.cardvault.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.access.Caller;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.TestPostgres;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RevealQuotaTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private final TenantDatabase database =
      new TenantDatabase(TestPostgres.shared().newDatabase().asService());
  private final Caller caller = caller("cli_a", 5);

  @Test
  void stopsAtTheLimitUntilMidnight() {
    RevealQuota quota = new RevealQuota(at(NOON));
    take(quota, caller, 3);
    take(quota, caller, 2);

    ProblemException problem = assertThrows(ProblemException.class, () -> take(quota, caller, 1));
    assertEquals(ProblemCode.REVEAL_QUOTA_EXCEEDED, problem.code());
    assertEquals(Duration.ofHours(12), problem.retryAfter());
    take(quota, caller("cli_b", 5), 5);
  }

  @Test
  void takesAllOrNone() {
    RevealQuota quota = new RevealQuota(at(NOON));
    assertThrows(ProblemException.class, () -> take(quota, caller, 6));
    take(quota, caller, 5);
  }

  @Test
  void beginsWithWhatTheLogTellsOfTheDay() {
    reveal(NOON.minus(Duration.ofHours(1)), 4);
    reveal(NOON.minus(Duration.ofHours(13)), 9);
    RevealQuota quota = new RevealQuota(at(NOON));

    take(quota, caller, 1);
    assertThrows(ProblemException.class, () -> take(quota, caller, 1));
  }

  @Test
  void knowsNoLimitWhereThereIsNone() {
    RevealQuota quota = new RevealQuota(at(NOON));
    take(quota, caller("cli_c", 0), 1_000_000);
  }

  private void take(RevealQuota quota, Caller who, int reveals) {
    database.inTransaction(
        who.tenant(),
        connection -> {
          quota.take(connection, who, reveals);
          return reveals;
        });
  }

  private void reveal(Instant when, int times) {
    AuditLog log =
        new AuditLog(new Ids(at(when), new SecureRandom()), new Node("test"), new LogState());
    AuditEvent event = AuditEvent.by(caller, Action.DETOKENIZE).granted();
    database.inTransaction(
        caller.tenant(), connection -> log.append(connection, Collections.nCopies(times, event)));
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static Caller caller(String id, int revealsPerDay) {
    ClientPolicy policy =
        new ClientPolicy(Set.of(), Set.of(), Set.of(), List.of(), null, 0, revealsPerDay);
    return new Caller(
        new TenantId(new UUID(0, 7)), id, id, "cred_1", Set.of(), policy, "192.0.2.1", "request");
  }
}
