package dev.cardvault.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.Purpose;
import dev.cardvault.access.TenantId;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That each filter finds its events by an index, whether they are many, few or none. */
class AuditPlanTest {

  private static final TenantId TENANT = new TenantId(new UUID(0, 7));
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final int EVENTS = 60_000;

  /** A page, its successor, and what a filter may have to pass over: not a part of the log. */
  private static final int FEW = 2_000;

  private static final Pattern ROWS =
      Pattern.compile("(?:Rows Removed by Filter: |actual rows=)(\\d+)");

  private static final TestDatabase DATABASE = TestPostgres.shared().newDatabase();

  // Of each value there are many but of the rare one, which one event in 20,000 has.
  private static final String FILL =
      """
      INSERT INTO audit_event (id, at, tenant_id, action, outcome, rule, client_id, actor, source_address, purpose,
        reference_type, reference_id, call_id, token_id, node)
      SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || '8' || lpad(to_hex(i), 15, '0'))::uuid,
        at, '00000000-0000-0000-0000-000000000007',
        CASE WHEN rare THEN 'KEY_ROTATE' ELSE 'DETOKENIZE' END, CASE WHEN rare THEN 'DENIED' ELSE 'GRANTED' END, NULL,
        CASE WHEN rare THEN 'cli_rare' ELSE 'cli_' || i % 5 END, CASE WHEN rare THEN 'rare' ELSE 'client' || i % 5 END,
        CASE WHEN rare THEN '192.0.2.9' ELSE '10.0.0.' || i % 50 END, CASE WHEN rare THEN 'refund' ELSE 'charge' END,
        'order', CASE WHEN rare THEN 'o-rare' ELSE 'o-' || i END, CASE WHEN rare THEN 'call-rare' ELSE 'call-' || i END,
        md5(i::text)::uuid, 'node'
        FROM (SELECT i, date_trunc('milliseconds', now()) - i * interval '1 second' AS at, i % 20000 = 0 AS rare
                FROM generate_series(1, EVENTS) i) e
      """
          .replace("EVENTS", String.valueOf(EVENTS));

  @BeforeAll
  static void fill() {
    DATABASE.execute(
        "DO $$ BEGIN PERFORM audit_month((now() - interval '1 month')::date); END $$;");
    DATABASE.execute(FILL);
    DATABASE.execute("ANALYZE audit_event");
  }

  static Stream<Arguments> filters() {
    return Stream.of(
        Arguments.of("all", filter().build(), 21),
        Arguments.of("client", filter().client("cli_rare").build(), 3),
        Arguments.of("client, many", filter().client("cli_1").build(), 21),
        Arguments.of("client, none", filter().client("cli_none").build(), 0),
        Arguments.of("actor", filter().actor("rare").build(), 3),
        Arguments.of("action", filter().action(Action.KEY_ROTATE).build(), 3),
        Arguments.of("action, none", filter().action(Action.STOP).build(), 0),
        Arguments.of("outcome", filter().outcome(Outcome.DENIED).build(), 3),
        Arguments.of("outcome, many", filter().outcome(Outcome.GRANTED).build(), 21),
        Arguments.of("outcome, none", filter().outcome(Outcome.INTEGRITY_FAILURE).build(), 0),
        Arguments.of("purpose", filter().purpose(Purpose.REFUND).build(), 3),
        Arguments.of("purpose, none", filter().purpose(Purpose.MIGRATION).build(), 0),
        Arguments.of("reference", filter().reference("o-rare").build(), 3),
        Arguments.of("call", filter().call("call-rare").build(), 3),
        Arguments.of("source", filter().source("192.0.2.9").build(), 3),
        Arguments.of("source, none", filter().source("192.0.2.10").build(), 0),
        Arguments.of("token, none", filter().token("tok_" + new UUID(1, 2)).build(), 0),
        Arguments.of(
            "time",
            filter().from(NOW.minusSeconds(30_010)).to(NOW.minusSeconds(30_000)).build(),
            10),
        Arguments.of(
            "client and action", filter().client("cli_rare").action(Action.KEY_ROTATE).build(), 3));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filters")
  void readsFewRowsForAPage(String name, AuditFilter filter, int found) {
    assertReadsFew(planOf(filter, found));
  }

  @Test
  void goesOnWhereThePageBeforeEnded() {
    List<AuditRecord> first = read(filter().client("cli_1").build(), null, new ArrayList<>());
    AuditRecord last = first.get(first.size() - 1);
    List<String> plans = new ArrayList<>();
    List<AuditRecord> second = read(filter().client("cli_1").build(), last.id(), plans);
    assertTrue(second.get(0).at().isBefore(last.at()));
    assertReadsFew(plans.get(0));
  }

  /** Whatever is read in vain shows as removed; whatever is sorted in vain, as rows. */
  private static void assertReadsFew(String plan) {
    assertTrue(plan.contains("Index Scan"), plan);
    Matcher rows = ROWS.matcher(plan);
    while (rows.find()) {
      assertTrue(Integer.parseInt(rows.group(1)) < FEW, plan);
    }
  }

  private static String planOf(AuditFilter filter, int found) {
    List<String> plans = new ArrayList<>();
    assertEquals(found, read(filter, null, plans).size());
    return plans.get(0);
  }

  private static List<AuditRecord> read(
      AuditFilter filter, @Nullable UUID after, List<String> plans) {
    return new TenantDatabase(DATABASE.asService())
        .inTransaction(
            TENANT,
            connection -> {
              Explaining explaining = new Explaining(connection);
              List<AuditRecord> read = AuditRows.list(explaining.connection(), filter, after, 21);
              plans.addAll(explaining.plans());
              return read;
            });
  }

  private static Filter filter() {
    return new Filter();
  }

  /** Names the one thing by which a filter narrows. */
  private static final class Filter {
    private @Nullable Instant from;
    private @Nullable Instant to;
    private @Nullable String client;
    private @Nullable String actor;
    private @Nullable Action action;
    private @Nullable Outcome outcome;
    private @Nullable String token;
    private @Nullable Purpose purpose;
    private @Nullable String reference;
    private @Nullable String call;
    private @Nullable String source;

    Filter from(Instant time) {
      from = time;
      return this;
    }

    Filter to(Instant time) {
      to = time;
      return this;
    }

    Filter client(String id) {
      client = id;
      return this;
    }

    Filter actor(String name) {
      actor = name;
      return this;
    }

    Filter action(Action what) {
      action = what;
      return this;
    }

    Filter outcome(Outcome how) {
      outcome = how;
      return this;
    }

    Filter token(String id) {
      token = id;
      return this;
    }

    Filter purpose(Purpose why) {
      purpose = why;
      return this;
    }

    Filter reference(String id) {
      reference = id;
      return this;
    }

    Filter call(String id) {
      call = id;
      return this;
    }

    Filter source(String address) {
      source = address;
      return this;
    }

    AuditFilter build() {
      return new AuditFilter(
          from, to, client, actor, action, outcome, token, purpose, reference, call, source);
    }
  }
}
