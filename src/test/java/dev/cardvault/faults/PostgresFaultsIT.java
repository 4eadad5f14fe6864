package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Postgres stops, dies, refuses to write and comes back, under load. */
final class PostgresFaultsIT {

  private static final Duration DEADLINE = Duration.ofMillis(6_000);
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int CLIENTS = 16;

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.own().proxied().start();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  @FaultCase(7)
  @Promise({"P1", "P2", "P6", "P7"})
  void refusesWhileStoppedAndRecoversByItself() {
    History history = new History();
    try (Load load = Load.start(history, List.of(stage.client()), CLIENTS, 200, 71)) {
      awaitTokens(history, 100);
      stage.world().stopPostgresImmediately();
      Answer tokenize = stage.client().tokenize(Cards.number(1)).join();
      assertUnavailable(tokenize);
      Answer reveal = revealAny(history);
      assertUnavailable(reveal);
      assertEquals(200, stage.node().health("live"));
      stage.node().awaitUnready(DEADLINE);
      stage.world().postgres().start();
      awaitService("recovery after a stop");
      stage.node().awaitReady(RECOVERY);
      load.stop();
    }
    stage.check(history).verify();
  }

  @Test
  @FaultCase(8)
  @Promise({"P1", "P2", "P3", "P6"})
  void keepsItsPromisesWhenPostmasterAndBackendsAreKilled() {
    History history = new History();
    try (Load load = Load.start(history, List.of(stage.client()), CLIENTS, 200, 81)) {
      for (int round = 1; round <= 3; round++) {
        awaitTokens(history, history.tokens().size() + 50);
        stage.world().killBackendOf(stage.database());
        awaitService("recovery after the death of a backend");
      }
      for (int round = 1; round <= 2; round++) {
        awaitTokens(history, history.tokens().size() + 50);
        stage.world().postgres().kill();
        stage.world().postgres().start();
        awaitService("recovery after the death of the postmaster");
      }
      load.stop();
    }
    stage.check(history).verify();
  }

  @Test
  @FaultCase(11)
  @Promise({"P2", "P7"})
  void refusesWhileReadOnlyAndRecoversByItself() {
    History history = new History();
    try (Load load = Load.start(history, List.of(stage.client()), CLIENTS, 200, 111)) {
      awaitTokens(history, 50);
      stage.database().execute("ALTER SYSTEM SET default_transaction_read_only = on");
      stage.database().execute("SELECT pg_reload_conf()");
      Eventually.await(
          "a refusal while read-only",
          DEADLINE,
          () -> stage.client().tokenize(Cards.number(2)).join().status() == 503);
      assertUnavailable(revealAny(history));
      assertUnavailable(stage.client().tokenize(Cards.number(3)).join());
      stage.database().execute("ALTER SYSTEM RESET default_transaction_read_only");
      stage.database().execute("SELECT pg_reload_conf()");
      awaitService("recovery from read-only");
      load.stop();
    }
    stage.check(history).verify();
  }

  @Test
  @FaultCase(14)
  @Promise({"P2", "P6", "P7"})
  void answersWithinItsDeadlineWhileTheTablesAreLocked() throws Exception {
    History history = new History();
    Call first = history.tokenize(stage.client(), Cards.number(14_000), "locked-0").join();
    assertTrue(first.acknowledged(), first.toString());
    try (var owner = stage.database().asOwner().getConnection();
        var statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      statement.execute("LOCK TABLE audit_event IN ACCESS EXCLUSIVE MODE");
      List<CompletableFuture<Call>> calls =
          IntStream.range(1, 300)
              .mapToObj(
                  i ->
                      i % 2 == 0
                          ? history.tokenize(
                              stage.client(), Cards.number(14_000 + i), "locked-" + i)
                          : history.detokenize(stage.client(), first, "locked-" + i))
              .toList();
      assertEquals(200, stage.node().health("live"));
      for (CompletableFuture<Call> call : calls) {
        Answer answer = call.get(20, TimeUnit.SECONDS).answer();
        assertUnavailable(answer);
        assertTrue(answer.headers().containsKey("retry-after"), answer.toString());
      }
      owner.rollback();
    }
    awaitService("recovery from the lock");
    stage.check(history).verify();
  }

  @Test
  @FaultCase(9)
  @Promise({"P1", "P6"})
  void tellsALostCommitOfATokenAsUnknownAndARetryGetsTheSameToken() {
    String number = Cards.number(90_001);
    String key = "lost-commit-" + number;
    int before = stage.toPostgres().swallowedCommits();
    stage.toPostgres().swallowCommitAfter("call-lost-commit");
    String body =
        """
        {"card":{"number":"%s"},"call":{"call_id":"call-lost-commit","channel":"api"}}\
        """
            .formatted(number);
    Answer unknown = post(body, key);
    stage.toPostgres().heal();
    assertEquals(before + 1, stage.toPostgres().swallowedCommits(), unknown.toString());
    assertUnavailable(unknown);
    Answer again = awaitSuccess(() -> post(body, key));
    assertEquals(
        "1",
        Sql.ask(stage.database(), "SELECT count(*) FROM token WHERE call_id = 'call-lost-commit'"));
    assertEquals(
        Sql.ask(stage.database(), "SELECT token FROM token WHERE call_id = 'call-lost-commit'"),
        again.field("token"));
    assertEquals(again.field("token"), post(body, key).field("token"));
  }

  @Test
  @FaultCase(9)
  @Promise({"P2", "P6"})
  void sendsNoCardWhenTheCommitOfItsEventIsUnknown() {
    String number = Cards.number(90_002);
    String token = stage.client().tokenize(number).join().field("token");
    int before = stage.toPostgres().swallowedCommits();
    stage.toPostgres().swallowCommitAfter("order-lost-commit");
    Answer unknown = stage.client().detokenize(token, "order-lost-commit").join();
    stage.toPostgres().heal();
    assertEquals(before + 1, stage.toPostgres().swallowedCommits(), unknown.toString());
    assertUnavailable(unknown);
    assertFalse(unknown.text().contains(number));
    Answer again = awaitSuccess(() -> stage.client().detokenize(token, "order-lost-commit").join());
    assertEquals(number, again.json().path("card").path("number").asText());
  }

  @Test
  @Promise("P7")
  void showsACardAtOnceThoughItsConnectionsBrokeWhileIdle() {
    String token = stage.client().tokenize(Cards.number(90_003)).join().field("token");
    stage.toPostgres().cut();
    for (int i = 0; i < 4; i++) {
      Answer answer = stage.client().detokenize(token, "idle-" + i).join();
      assertEquals(200, answer.status(), answer.toString());
    }
  }

  @Test
  @FaultCase(15)
  @Promise("P7")
  void healthAnswersWhileThePoolIsExhausted() {
    // Writers keep up to six connections; one is left for everything else.
    try (Stage small = Stage.own().proxied().env("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "7").start()) {
      String token = small.client().tokenize(Cards.number(15)).join().field("token");
      small.toPostgres().delay(Duration.ofMillis(300));
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 64)
              .mapToObj(
                  i ->
                      i % 2 == 0
                          ? small.client().get("ivr", "/v1/tokens?last4=1111")
                          : small.client().detokenize(token, "pool-" + i))
              .toList();
      assertEquals(200, small.node().health("live"));
      calls.stream()
          .map(CompletableFuture::join)
          .filter(answer -> answer.status() != 200)
          .forEach(PostgresFaultsIT::assertUnavailable);
      small.toPostgres().heal();
      awaitSuccess(() -> small.client().detokenize(token, "pool-after").join());
    }
  }

  private static Answer post(String body, String key) {
    return stage.client().post("ivr", "/v1/tokens", body, "Idempotency-Key", key).join();
  }

  private static Answer revealAny(History history) {
    Call token = history.tokens().get(0);
    return history.detokenize(stage.client(), token, "while-down").join().answer();
  }

  private static void awaitTokens(History history, int count) {
    Eventually.await(
        count + " tokens", Duration.ofSeconds(30), () -> history.tokens().size() >= count);
  }

  private static void awaitService(String what) {
    Eventually.await(
        what, RECOVERY, () -> stage.client().tokenize(Cards.number(4)).join().succeeded());
  }

  private static Answer awaitSuccess(java.util.function.Supplier<Answer> call) {
    Answer[] last = new Answer[1];
    Eventually.await(
        "a retry succeeds",
        RECOVERY,
        () -> {
          last[0] = call.get();
          return last[0].succeeded();
        });
    return last[0];
  }

  /** A typed, retryable 503 within the deadline. */
  private static void assertUnavailable(Answer answer) {
    assertEquals(503, answer.status(), answer.toString());
    assertTrue(answer.json().path("retryable").asBoolean(), answer.toString());
    assertTrue(answer.millis() <= DEADLINE.toMillis(), "answered after " + answer.millis());
    Refusal.check("an outage", answer);
  }
}
