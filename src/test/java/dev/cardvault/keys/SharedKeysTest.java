package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.Pan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of which a tenant has one for all nodes. */
final class SharedKeysTest {

  @TempDir Path folder;
  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final KeyThreads threads = new KeyThreads();
  private final List<KeysNode> nodes = new ArrayList<>();
  private KeyServer server;
  private TenantId tenant;

  @BeforeEach
  void start() {
    server =
        new LocalKeyServer(
            folder.resolve("k.json"), new SecureRandom(), Clock.systemUTC(), threads);
    tenant = KeysNode.newTenant(database, server);
  }

  @AfterEach
  void stop() {
    nodes.forEach(KeysNode::close);
    threads.stop();
  }

  @Test
  void areTheSameOnAllNodesThatMakeThemAtOnce() {
    List<CompletionStage<FingerprintKey>> asked = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      KeysNode node = node();
      for (int j = 0; j < 8; j++) {
        asked.add(
            CompletableFuture.completedStage(null)
                .thenComposeAsync(go -> node.fingerprinter.key(tenant)));
      }
    }
    Set<String> fingerprints = new HashSet<>();
    for (CompletionStage<FingerprintKey> stage : asked) {
      fingerprints.add(HexFormat.of().formatHex(await(stage).of(pan())));
    }
    assertEquals(1, fingerprints.size());
    assertEquals(1, await(node().ring.keys(tenant)).size());
  }

  @Test
  void fingerprintNothingTheSameWayForTwoTenantsOrUses() {
    KeysNode node = node();
    TenantId other = KeysNode.newTenant(database, server);
    FingerprintKey key = await(node.fingerprinter.key(tenant));
    byte[] digits = "4242424242424242".getBytes(StandardCharsets.US_ASCII);
    Set<String> all = new HashSet<>();
    all.add(HexFormat.of().formatHex(key.of(pan())));
    all.add(HexFormat.of().formatHex(key.mac("idempotency", digits)));
    all.add(HexFormat.of().formatHex(key.mac("idempotenc", digits)));
    all.add(HexFormat.of().formatHex(await(node.fingerprinter.key(other)).of(pan())));
    assertEquals(4, all.size());
    assertArrayEquals(key.of(pan()), key.of(pan()));
    assertEquals(32, key.of(pan()).length);
    assertThrows(IllegalArgumentException.class, () -> key.mac("pan", digits));
    assertThrows(IllegalArgumentException.class, () -> key.mac("", digits));
  }

  @Test
  void tokenizeTheSameOnAllNodes() {
    byte[] digits = {4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4};
    Ff1Key one = await(node().ff1Keys.key(tenant));
    Ff1Key two = await(node().ff1Keys.key(tenant));
    byte[] tweak = {1, 2, 3};
    byte[] token = one.encrypt(tweak, digits);
    assertArrayEquals(digits, two.decrypt(tweak, token));
    assertFalse(java.util.Arrays.equals(digits, two.decrypt(new byte[] {1}, token)));
  }

  @Test
  void signAccessTokensThatAnotherNodeVerifies() throws GeneralSecurityException {
    AccessTokenKey key = await(node().accessTokenKeys.signingKey(tenant));
    String token =
        Jwt.claims(Map.of("sub", "cli_1"))
            .jws()
            .keyId(key.kid())
            .algorithm(SignatureAlgorithm.EDDSA)
            .sign(key.privateKey());
    AccessTokenKey other = await(node().accessTokenKeys.verifyingKey(key.kid())).orElseThrow();
    int dot = token.lastIndexOf('.');
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(other.publicKey());
    verifier.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
    assertTrue(verifier.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
  }

  @Test
  void areNotMadeForAnAccessTokenThatClaimsOne() {
    KeysNode node = node();
    assertEquals(Optional.empty(), verifying(node, tenant + ".1"));
    assertEquals(Optional.empty(), verifying(node, UUID.randomUUID() + ".1"));
    AccessTokenKey key = await(node.accessTokenKeys.signingKey(tenant));
    for (String kid :
        List.of("", "x", tenant + ".2", tenant + ".01", tenant + ".1 ", tenant + ".99999999999")) {
      assertEquals(Optional.empty(), verifying(node, kid));
    }
    assertEquals(key.kid(), verifying(node, tenant + ".1").orElseThrow().kid());
  }

  @Test
  void areMadeWithTheTenant() {
    TenantId fresh = new TenantId(UUID.randomUUID());
    database.execute("INSERT INTO tenant (id, name) VALUES ('" + fresh + "', 'fresh')");
    KeysNode node = node();
    await(node.ring.create(fresh));
    await(node.ring.create(fresh));
    Set<KeyPurpose> purposes = new HashSet<>();
    await(node.ring.keys(fresh)).forEach(key -> purposes.add(key.purpose()));
    assertEquals(Set.of(KeyPurpose.INDEX, KeyPurpose.ACCESS_TOKEN), purposes);
    assertEquals(2, await(node.ring.keys(fresh)).size());
    assertEquals(1, await(node.ring.kek(fresh)).latest());
  }

  /** Case 27 of the list of faults. */
  @Test
  void areToldFromThoseOfAnotherInstallation() {
    KeysNode right = node();
    assertEquals(KeyServerHealth.OK, await(right.watch.look()));
    await(right.fingerprinter.key(tenant));
    await(right.fingerprinter.key(KeysNode.newTenant(database, server)));
    assertEquals(KeyServerHealth.OK, await(right.watch.look()));
    KeyServer another =
        new LocalKeyServer(
            folder.resolve("another.json"), new SecureRandom(), Clock.systemUTC(), threads);
    assertEquals(KeyServerHealth.WRONG_KEYS, await(node(another).watch.look()));
    await(another.createKek(tenant));
    KeysNode wrong = node(another);
    assertEquals(KeyServerHealth.WRONG_KEYS, await(wrong.watch.look()));
    ProblemException refused =
        assertThrows(ProblemException.class, () -> await(wrong.fingerprinter.key(tenant)));
    assertEquals(ProblemCode.INTEGRITY_FAILURE, refused.code());
  }

  @Test
  void areSeenByTheirTenantAlone() {
    KeysNode node = node();
    await(node.fingerprinter.key(tenant));
    TenantId other = KeysNode.newTenant(database, server);
    assertEquals(List.of(), await(node.ring.keys(other)));
  }

  private static Optional<AccessTokenKey> verifying(KeysNode node, String kid) {
    return await(node.accessTokenKeys.verifyingKey(kid));
  }

  private KeysNode node() {
    return node(server);
  }

  private KeysNode node(KeyServer of) {
    KeysNode node = new KeysNode(database, of, Clock.systemUTC(), System::nanoTime, Map.of());
    nodes.add(node);
    return node;
  }

  private static Pan pan() {
    return Pan.takeOwnershipOf("4242424242424242".getBytes(StandardCharsets.US_ASCII));
  }
}
