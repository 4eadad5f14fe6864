package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.Patience;
import dev.cardvault.testing.RealVault;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Vault that is sealed, killed and frozen under a node: cases 1 to 3 of the faults. */
final class KillSwitchTest {

  private final RealVault vault = RealVault.own();
  private final Vertx vertx = Vertx.vertx();
  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private KeyThreads threads;
  private KeysNode node;
  private KeysNode other;

  @BeforeEach
  void start() {
    threads = new KeyThreads();
    database.execute("INSERT INTO tenant (id, name) VALUES ('" + tenant + "', 'one')");
    vault.createKek(tenant.value());
    node = node();
    other = node();
    node.watch.start(new StartupEvent());
    Patience.until(() -> node.watch.state() == KeyServerHealth.OK);
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.watch.stop(new ShutdownEvent());
      node.close();
      other.close();
      threads.stop();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
    vault.close();
  }

  @Test
  void emptiesAllCachesWithinFiveSecondsOfSealingAndHealsAlone() {
    UUID own = await(node.sealer.sealingKey(tenant)).keyId();
    UUID others = await(other.sealer.sealingKey(tenant)).keyId();
    await(node.sealer.openingKey(tenant, others));
    await(node.fingerprinter.key(tenant));
    long sealed = System.nanoTime();
    vault.seal();
    Patience.until(() -> node.caches.size() == 0 && node.panKeys.opening(own) == null);
    assertTrue(System.nanoTime() - sealed < Duration.ofSeconds(5).toNanos());
    assertEquals(KeyServerHealth.SEALED, node.watch.state());
    refuses(ProblemCode.KEY_SERVER_SEALED, node.sealer.openingKey(tenant, others));
    refuses(ProblemCode.KEY_SERVER_SEALED, node.sealer.sealingKey(tenant));
    vault.unseal();
    Patience.until(() -> node.watch.state() == KeyServerHealth.OK);
    assertNotNull(await(node.sealer.openingKey(tenant, own)));
    assertNotNull(await(node.sealer.sealingKey(tenant)));
  }

  @Test
  void leavesOpenedKeysWhenVaultIsKilledAndRecoversAlone() {
    UUID own = await(node.sealer.sealingKey(tenant)).keyId();
    UUID others = await(other.sealer.sealingKey(tenant)).keyId();
    await(node.fingerprinter.key(tenant));
    vault.kill();
    Patience.until(() -> node.watch.state() == KeyServerHealth.UNAVAILABLE);
    assertEquals(own, await(node.sealer.sealingKey(tenant)).keyId());
    await(node.fingerprinter.key(tenant)).of(pan());
    refuses(ProblemCode.KEY_SERVER_UNAVAILABLE, node.sealer.openingKey(tenant, others));
    vault.start();
    Patience.until(() -> node.watch.state() == KeyServerHealth.OK);
    assertNotNull(await(node.sealer.openingKey(tenant, others)));
  }

  @Test
  void keepsWorkingOnOpenedKeysWhileVaultIsABlackHole() throws Exception {
    UUID own = await(node.sealer.sealingKey(tenant)).keyId();
    UUID others = await(other.sealer.sealingKey(tenant)).keyId();
    int threadsBefore = Thread.activeCount();
    vault.freeze();
    try {
      List<CompletionStage<?>> asked = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        asked.add(node.sealer.openingKey(tenant, others));
        asked.add(node.accessTokenKeys.signingKey(tenant));
      }
      long before = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        assertEquals(own, await(node.sealer.sealingKey(tenant)).keyId());
      }
      assertTrue(System.nanoTime() - before < Duration.ofSeconds(1).toNanos());
      for (CompletionStage<?> stage : asked) {
        refuses(ProblemCode.KEY_SERVER_UNAVAILABLE, stage);
      }
      assertTrue(System.nanoTime() - before < Duration.ofSeconds(6).toNanos());
      assertTrue(Thread.activeCount() - threadsBefore < 20, "Threads pile up");
    } finally {
      vault.thaw();
    }
    Patience.until(() -> node.watch.state() == KeyServerHealth.OK);
    assertNotNull(await(node.sealer.openingKey(tenant, others)));
  }

  private KeysNode node() {
    Map<String, String> settings =
        Map.of(
            "vault.address", vault.address(),
            "vault.role-id", vault.roleId(),
            "vault.secret-id", vault.secretId());
    KeysConfig config = TestConfig.of(settings);
    KeyServer server =
        KeyServers.hardened(KeyServers.transit(config.vault(), vertx, threads), config, threads);
    return new KeysNode(database, server, Clock.systemUTC(), System::nanoTime, settings);
  }

  private static void refuses(ProblemCode code, CompletionStage<?> stage) {
    assertEquals(code, assertThrows(ProblemException.class, () -> await(stage)).code());
  }

  private static Pan pan() {
    return Pan.takeOwnershipOf("4242424242424242".getBytes(StandardCharsets.US_ASCII));
  }
}
