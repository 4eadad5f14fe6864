package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real key server is sealed, gone, silent, forbidding, and back again, under load. */
final class KeyServerFaultsIT {

  /** Five seconds between two looks at the key server, and a little for the looking. */
  private static final Duration SEAL_NOTICED = Duration.ofMillis(6_000);

  private static final Duration RECOVERY = Duration.ofSeconds(15);
  private static final long DEADLINE_MILLIS = 6_000;

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.own().proxied().start();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @AfterEach
  void heal() {
    stage.world().keyServer().unseal();
    stage.world().keyServer().restorePolicies();
    stage.toVault().heal();
    awaitService(stage.client());
  }

  @Test
  @FaultCase(1)
  @Promise({"P1", "P2", "P6", "P7"})
  void sealingStopsEverythingWithinSecondsAndUnsealingHeals() {
    History history = new History();
    try (Load load = Load.start(history, List.of(stage.client()), 8, 100, 1)) {
      Eventually.await("tokens", Duration.ofSeconds(30), () -> history.tokens().size() > 50);
      Call token = history.tokens().get(0);
      stage.world().keyServer().seal();
      Eventually.await(
          "cards stay shut",
          SEAL_NOTICED,
          () -> code(reveal(history, token)).equals("key-server-sealed"));
      String rows = tokenCount();
      for (int i = 0; i < 20; i++) {
        assertSealed(stage.client().tokenize(Cards.number(1_000_000 + i)).join());
        assertSealed(reveal(history, token));
      }
      assertEquals(rows, tokenCount(), "rows were written while sealed");
      assertEquals(200, stage.node().health("live"));
      stage.node().awaitUnready(SEAL_NOTICED);
      stage.world().keyServer().unseal();
      awaitService(stage.client());
      stage.node().awaitReady(RECOVERY);
      load.stop();
    }
    stage.check(history).verify();
  }

  @Test
  @FaultCase(2)
  @Promise("P7")
  void startsWithoutAKeyServerAndBecomesReadyWhenItComes() {
    stage.toVault().refuse();
    try (ServiceNode node = stage.startUnreadyNode()) {
      assertEquals(200, node.health("live"));
      assertEquals(503, node.health("ready"));
      Answer answer = stage.client().at(node::api).tokenize(Cards.number(2)).join();
      assertUnavailable(answer);
      stage.toVault().heal();
      node.awaitReady(RECOVERY);
      awaitService(stage.client().at(node::api));
    }
  }

  @Test
  @FaultCase(3)
  @Promise("P7")
  void aSilentKeyServerStopsNobodyWhoseKeysAreOpen() {
    String token = stage.client().tokenize(Cards.number(3)).join().field("token");
    stage.toVault().blackHole();
    for (int i = 0; i < 50; i++) {
      Answer answer = stage.client().detokenize(token, "silent-" + i).join();
      assertEquals(200, answer.status(), answer.toString());
      assertTrue(answer.millis() < 1_500, "took " + answer.millis() + " ms");
      Answer tokenized = stage.client().tokenize(Cards.number(3_000 + i)).join();
      assertTrue(tokenized.succeeded(), tokenized.toString());
    }
  }

  @Test
  @FaultCase(3)
  @Promise("P7")
  void aSilentKeyServerHoldsNobodyBeyondTheDeadline() throws Exception {
    try (ServiceNode cold = stage.startNode()) {
      VaultClient client = stage.client().at(cold::api);
      // Readiness looks at the key server, so a cold node is one that opened no key of a tenant
      // yet.
      stage.toVault().blackHole();
      String token = stage.client().tokenize(Cards.number(3)).join().field("token");
      List<CompletableFuture<Answer>> calls =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      i % 2 == 0
                          ? client.tokenize(Cards.number(30_000 + i))
                          : client.detokenize(token, "cold-" + i))
              .toList();
      assertEquals(200, cold.health("live"));
      for (CompletableFuture<Answer> call : calls) {
        assertUnavailable(call.get(20, TimeUnit.SECONDS));
      }
      stage.toVault().heal();
      awaitService(client);
    }
  }

  @Test
  @FaultCase(4)
  @Promise("P7")
  void aRevokedTokenIsReplacedByOneLoginForAll() {
    String token = stage.client().tokenize(Cards.number(4)).join().field("token");
    emptyCaches();
    stage.world().keyServer().revokeServiceTokens();
    List<CompletableFuture<Answer>> calls =
        IntStream.range(0, 32)
            .mapToObj(i -> stage.client().detokenize(token, "revoked-" + i))
            .toList();
    calls.forEach(call -> assertTrue(call.join().status() == 200, call.join().toString()));
    assertEquals(1, stage.world().keyServer().serviceTokens(), "logins");
  }

  @Test
  @FaultCase(4)
  @Promise("P7")
  void aForbiddenKeyIsTypedAndNeverALoopOfLogins() {
    String token = stage.client().tokenize(Cards.number(5)).join().field("token");
    emptyCaches();
    int before = stage.world().keyServer().serviceTokens();
    stage.world().keyServer().forbidEverything();
    for (int i = 0; i < 100; i++) {
      assertUnavailable(stage.client().detokenize(token, "forbidden-" + i).join());
    }
    int logins = stage.world().keyServer().serviceTokens() - before;
    assertTrue(logins <= 20, logins + " logins for 100 requests");
    stage.world().keyServer().restorePolicies();
    awaitService(stage.client());
    assertEquals(200, stage.client().detokenize(token, "allowed-again").join().status());
  }

  @Test
  @FaultCase({1, 2})
  @Promise({"P1", "P2", "P7"})
  void survivesARestartOfTheKeyServerUnderLoad() {
    History history = new History();
    try (Load load = Load.start(history, List.of(stage.client()), 8, 100, 2)) {
      Eventually.await("tokens", Duration.ofSeconds(30), () -> history.tokens().size() > 50);
      stage.world().keyServer().restart();
      awaitService(stage.client());
      load.stop();
    }
    stage.check(history).verify();
  }

  @Test
  @FaultCase(6)
  @Promise({"P1", "P2"})
  void aKeyVersionLostInARestoreShutsOnlyWhatItSealed() {
    String old = stage.client().tokenize(Cards.number(6)).join().field("token");
    Path backup = stage.world().keyServer().backUp();
    awaitService(stage.client());
    stage.world().keyServer().rotateKeyOf(stage.tenant());
    try (ServiceNode second = stage.startNode()) {
      String young =
          stage.client().at(second::api).tokenize(Cards.number(60_001)).join().field("token");
      stage.world().keyServer().restore(backup);
      emptyCaches();
      Answer open = stage.client().detokenize(old, "version-there").join();
      assertEquals(200, open.status(), open.toString());
      Answer shut = stage.client().detokenize(young, "version-lost").join();
      assertEquals(500, shut.status(), shut.toString());
      assertEquals("integrity-failure", shut.code());
      assertFalse(shut.text().contains(Cards.number(60_001)));
      assertTrue(stage.node().log().contains("A stored key does not open"), "no alarm");
    }
  }

  /** The kill switch, thrown and put back: the service forgets every open key. */
  private static void emptyCaches() {
    stage.world().keyServer().seal();
    stage.node().awaitUnready(SEAL_NOTICED);
    Eventually.await(
        "caches are empty",
        SEAL_NOTICED,
        () -> code(stage.client().tokenize(Cards.number(7)).join()).equals("key-server-sealed"));
    stage.world().keyServer().unseal();
    stage.node().awaitReady(RECOVERY);
  }

  private static Answer reveal(History history, Call token) {
    return history.detokenize(stage.client(), token, "sealed").join().answer();
  }

  private static String code(Answer answer) {
    return answer.code();
  }

  private static String tokenCount() {
    return Sql.ask(stage.database(), "SELECT count(*) FROM token");
  }

  private static void assertSealed(Answer answer) {
    assertUnavailable(answer);
    assertEquals("key-server-sealed", answer.code());
  }

  private static void assertUnavailable(Answer answer) {
    assertEquals(503, answer.status(), answer.toString());
    assertTrue(answer.millis() <= DEADLINE_MILLIS, "answered after " + answer.millis());
    Refusal.check("a key server's fault", answer);
  }

  private static void awaitService(VaultClient client) {
    Eventually.await(
        "service", RECOVERY, () -> client.tokenize(Cards.number(8)).join().succeeded());
  }
}
