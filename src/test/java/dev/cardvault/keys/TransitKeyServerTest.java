package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.access.TenantId;
import dev.cardvault.testing.RealVault;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real Vault, with a token of the policy that the service has in production. */
final class TransitKeyServerTest extends KeyServerContract {

  private static RealVault vault;
  private static Vertx vertx;
  private static KeyThreads threads;
  private static KeyServer service;
  private static KeyServer administrator;

  @BeforeAll
  static void connect() {
    vault = RealVault.shared();
    vertx = Vertx.vertx();
    threads = new KeyThreads();
    service =
        connected(Map.of("vault.role-id", vault.roleId(), "vault.secret-id", vault.secretId()));
    administrator = connected(Map.of("vault.token", vault.token("cardvault-keys")));
  }

  @AfterAll
  static void disconnect() {
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
      threads.stop();
    }
  }

  @Override
  KeyServer server() {
    return service;
  }

  @Override
  KeyServer asAdministrator() {
    return administrator;
  }

  @Test
  void mayNeitherMakeNorRotateKeksAsTheService() {
    TenantId tenant = tenantWithKek();
    refuses(KeyServerException.Kind.DENIED, () -> await(service.rotateKek(tenant)));
    refuses(
        KeyServerException.Kind.DENIED,
        () -> await(service.createKek(new TenantId(UUID.randomUUID()))));
  }

  @Test
  void mayOpenNothingAsTheAdministrator() {
    KeyContext context = context(tenantWithKek());
    WrappedKey wrapped = await(service.makeDataKey(context)).wrapped();
    refuses(
        KeyServerException.Kind.DENIED,
        () -> await(administrator.unwrap(new BoundKey(context, wrapped))));
  }

  @Test
  void makesNoKeysUnderAKekThatIgnoresTheContext() {
    TenantId tenant = new TenantId(UUID.randomUUID());
    vault.asOperator(
        "POST", "transit/keys/pan-kek-" + tenant, "{\"type\":\"aes256-gcm96\",\"derived\":false}");
    refuses(KeyServerException.Kind.INVALID, () -> await(service.makeDataKey(context(tenant))));
  }

  @Test
  void failsOnlyTheKeysOfAVersionThatIsGone() {
    TenantId tenant = tenantWithKek();
    KeyContext old = context(tenant);
    WrappedKey ofVersion1 = await(service.makeDataKey(old)).wrapped();
    await(administrator.rotateKek(tenant));
    KeyContext newer = context(tenant);
    WrappedKey ofVersion2 = await(service.makeDataKey(newer)).wrapped();
    String key = "transit/keys/pan-kek-" + tenant;
    vault.asOperator("POST", key + "/config", "{\"min_decryption_version\":2}");
    refuses(
        KeyServerException.Kind.MISMATCH,
        () -> await(service.unwrap(new BoundKey(old, ofVersion1))));
    await(service.unwrap(new BoundKey(newer, ofVersion2))).close();
  }

  @Test
  void logsInAnewOnceItsTokenIsRevoked() {
    KeyContext context = context(tenantWithKek());
    KeyServer server =
        connected(Map.of("vault.role-id", vault.roleId(), "vault.secret-id", vault.secretId()));
    await(server.makeDataKey(context));
    vault.asOperator("POST", "sys/leases/revoke-prefix/auth/approle/login", "");
    dev.cardvault.testing.Patience.until(() -> works(server, context));
    assertEquals(KeyServerHealth.OK, await(server.health()));
  }

  private static boolean works(KeyServer server, KeyContext context) {
    try {
      await(server.makeDataKey(context)).bytes().close();
      return true;
    } catch (KeyServerException notYet) {
      return false;
    }
  }

  private static KeyServer connected(Map<String, String> settings) {
    Map<String, String> all = new java.util.HashMap<>(settings);
    all.put("vault.address", vault.address());
    return KeyServers.transit(TestConfig.of(all).vault(), vertx, threads);
  }
}
