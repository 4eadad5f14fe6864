package dev.cardvault.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.HolderName;
import dev.cardvault.card.Pan;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.ManualClock;
import dev.cardvault.testing.Patience;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class SealerTest {

  private static final String DIGITS = "4242424242424242";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
  private final List<KeysNode> nodes = new ArrayList<>();
  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private FakeKeyServer server;
  private TenantId tenant;

  @BeforeEach
  void startKeyServer() {
    KeyThreads threads = new KeyThreads();
    server =
        new FakeKeyServer(
            new LocalKeyServer(folder.resolve("k.json"), new SecureRandom(), clock, threads));
    tenant = KeysNode.newTenant(database, server);
  }

  @AfterEach
  void stopNodes() {
    nodes.forEach(KeysNode::close);
  }

  @Test
  void opensWhatItSealed() {
    KeysNode node = node(Map.of());
    Sealed sealed = seal(node);
    assertEquals(1 + 12 + 16 + 16, sealed.bytes().length);
    assertEquals(DIGITS, open(node, sealed));
  }

  @Test
  void opensWhatAnotherNodeSealed() {
    Sealed sealed = seal(node(Map.of()));
    KeysNode other = node(Map.of());
    assertNull(other.sealer.openingKeyIfCached(tenant, sealed.keyId()));
    assertEquals(DIGITS, open(other, sealed));
    assertNotNull(other.sealer.openingKeyIfCached(tenant, sealed.keyId()));
  }

  @Test
  void keepsANameLikeAPan() {
    KeysNode node = node(Map.of());
    Binding binding = new Binding(tenant, UUID.randomUUID(), 16, Binding.Kind.HOLDER_NAME);
    SealingKey key = KeysNode.await(node.sealer.sealingKey(tenant));
    byte[] sealed = key.seal(binding, new HolderName("Zoë Ångström"));
    OpeningKey opening = KeysNode.await(node.sealer.openingKey(tenant, key.keyId()));
    assertEquals("Zoë Ångström", opening.openName(binding, sealed).reveal());
    Binding asPan = new Binding(tenant, binding.row(), 16, Binding.Kind.PAN);
    refuses(ProblemCode.INTEGRITY_FAILURE, () -> opening.open(asPan, sealed));
  }

  @Test
  void opensNothingThatWasMoved() {
    KeysNode node = node(Map.of());
    Sealed sealed = seal(node);
    Binding at = sealed.binding();
    OpeningKey key = KeysNode.await(node.sealer.openingKey(tenant, sealed.keyId()));
    List<Binding> elsewhere =
        List.of(
            new Binding(tenant, UUID.randomUUID(), 16, at.kind()),
            new Binding(new TenantId(UUID.randomUUID()), at.row(), 16, at.kind()),
            new Binding(tenant, at.row(), 15, at.kind()));
    for (Binding moved : elsewhere) {
      refuses(ProblemCode.INTEGRITY_FAILURE, () -> key.open(moved, sealed.bytes()));
    }
    Sealed ofAnotherKey = seal(node(Map.of()));
    refuses(
        ProblemCode.INTEGRITY_FAILURE,
        () -> key.open(ofAnotherKey.binding(), ofAnotherKey.bytes()));
  }

  @Test
  void opensNothingThatWasChanged() {
    KeysNode node = node(Map.of());
    Sealed sealed = seal(node);
    OpeningKey key = KeysNode.await(node.sealer.openingKey(tenant, sealed.keyId()));
    for (int i = 0; i < sealed.bytes().length; i++) {
      byte[] changed = sealed.bytes().clone();
      changed[i] ^= 1;
      refuses(ProblemCode.INTEGRITY_FAILURE, () -> key.open(sealed.binding(), changed));
    }
    for (int length = 0; length < sealed.bytes().length; length++) {
      byte[] cut = java.util.Arrays.copyOf(sealed.bytes(), length);
      refuses(ProblemCode.INTEGRITY_FAILURE, () -> key.open(sealed.binding(), cut));
    }
  }

  @Test
  void handsOutNoKeyOfAnotherTenant() {
    KeysNode node = node(Map.of());
    Sealed sealed = seal(node(Map.of()));
    TenantId other = KeysNode.newTenant(database, server);
    refuses(
        ProblemCode.INTEGRITY_FAILURE,
        () -> KeysNode.await(node.sealer.openingKey(other, sealed.keyId())));
    assertEquals(DIGITS, open(node, sealed));
    refuses(
        ProblemCode.INTEGRITY_FAILURE,
        () -> KeysNode.await(node.sealer.openingKey(other, sealed.keyId())));
  }

  @Test
  void refusesAKeyNobodyMade() {
    KeysNode node = node(Map.of());
    refuses(
        ProblemCode.INTEGRITY_FAILURE,
        () -> KeysNode.await(node.sealer.openingKey(tenant, UUID.randomUUID())));
  }

  @Test
  void neverUsesAnIvTwice() {
    KeysNode node = node(Map.of());
    SealingKey key = KeysNode.await(node.sealer.sealingKey(tenant));
    Binding binding = new Binding(tenant, UUID.randomUUID(), 16, Binding.Kind.PAN);
    Set<String> ivs = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      byte[] sealed = key.seal(binding, pan());
      ivs.add(java.util.HexFormat.of().formatHex(sealed, 1, 13));
    }
    assertEquals(20_000, ivs.size());
  }

  @Test
  void storesAKeyBeforeItSealsAnything() {
    KeysNode node = node(Map.of());
    SealingKey key = KeysNode.await(node.sealer.sealingKey(tenant));
    assertTrue(node.store.find(tenant, key.keyId()).isPresent());
  }

  @Test
  void failsWhenTheKeyCannotBeStored() {
    TenantId unknown = new TenantId(UUID.randomUUID());
    KeysNode.await(server.createKek(unknown));
    KeysNode node = node(Map.of());
    refuses(
        ProblemCode.DATABASE_UNAVAILABLE, () -> KeysNode.await(node.sealer.sealingKey(unknown)));
  }

  @Test
  void makesOneKeyForAllWhoAskAtOnce() {
    KeysNode node = node(Map.of());
    CompletableFuture<Void> gate = new CompletableFuture<>();
    server.gate = gate;
    List<CompletionStage<SealingKey>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(node.sealer.sealingKey(tenant));
    }
    gate.complete(null);
    Set<UUID> ids = new HashSet<>();
    asked.forEach(stage -> ids.add(KeysNode.await(stage).keyId()));
    assertEquals(1, ids.size());
    assertEquals(1, server.made.get());
  }

  @Test
  void sealsNoMoreRecordsWithAKeyThanItMay() {
    KeysNode node = node(Map.of("pan-key-records", "64"));
    Map<UUID, Integer> uses = new java.util.HashMap<>();
    for (int i = 0; i < 640; i++) {
      uses.merge(KeysNode.await(node.sealer.sealingKey(tenant)).keyId(), 1, Integer::sum);
    }
    assertTrue(uses.size() >= 10);
    assertTrue(uses.values().stream().allMatch(count -> count <= 64), uses::toString);
  }

  @Test
  void sealsWithAKeyForADayAtMost() {
    KeysNode node = node(Map.of());
    UUID first = KeysNode.await(node.sealer.sealingKey(tenant)).keyId();
    clock.advance(Duration.ofHours(22));
    assertEquals(first, KeysNode.await(node.sealer.sealingKey(tenant)).keyId());
    clock.advance(Duration.ofHours(2));
    assertNotEquals(first, KeysNode.await(node.sealer.sealingKey(tenant)).keyId());
    assertFalse(node.store.find(tenant, first).orElseThrow().active());
  }

  @Test
  void makesTheNextKeyAheadOfNeed() {
    KeysNode node = node(Map.of());
    UUID first = KeysNode.await(node.sealer.sealingKey(tenant)).keyId();
    clock.advance(Duration.ofHours(23).plusMinutes(1));
    assertEquals(first, KeysNode.await(node.sealer.sealingKey(tenant)).keyId());
    Patience.until(() -> !first.equals(KeysNode.await(node.sealer.sealingKey(tenant)).keyId()));
  }

  @Test
  void sealsOnWithItsKeyWhileTheKeyServerIsAway() {
    KeysNode node = node(Map.of());
    Sealed before = seal(node);
    server.fail(KeyServerHealth.UNAVAILABLE, KeyServerException.Kind.UNREACHABLE);
    KeysNode.await(node.watch.look());
    clock.advance(Duration.ofMinutes(4));
    assertEquals(before.keyId(), seal(node).keyId());
    assertEquals(DIGITS, open(node, before));
    clock.advance(Duration.ofMinutes(2));
    node.caches.sweep();
    assertEquals(before.keyId(), seal(node).keyId());
    refuses(ProblemCode.KEY_SERVER_UNAVAILABLE, () -> open(node, before));
    clock.advance(Duration.ofHours(24));
    refuses(ProblemCode.KEY_SERVER_UNAVAILABLE, () -> seal(node));
    server.health = KeyServerHealth.OK;
    assertEquals(DIGITS, open(node, seal(node)));
  }

  @Test
  void forgetsEveryKeyOnceTheKeyServerIsSealed() {
    KeysNode node = node(Map.of());
    Sealed own = seal(node);
    Sealed others = seal(node(Map.of()));
    assertEquals(DIGITS, open(node, others));
    OpeningKey inHand = KeysNode.await(node.sealer.openingKey(tenant, others.keyId()));
    FingerprintKey index = KeysNode.await(node.fingerprinter.key(tenant));
    AccessTokenKey signing = KeysNode.await(node.accessTokenKeys.signingKey(tenant));

    server.fail(KeyServerHealth.SEALED, KeyServerException.Kind.SEALED);
    KeysNode.await(node.watch.look());

    assertEquals(0, node.caches.size());
    assertNull(node.sealer.openingKeyIfCached(tenant, own.keyId()));
    ProblemCode sealed = ProblemCode.KEY_SERVER_SEALED;
    refuses(sealed, () -> inHand.open(others.binding(), others.bytes()));
    refuses(sealed, () -> index.of(pan()));
    refuses(
        sealed, () -> ((java.security.interfaces.EdECPrivateKey) signing.privateKey()).getBytes());
    refuses(sealed, () -> open(node, own));
    refuses(sealed, () -> seal(node));
    refuses(sealed, () -> KeysNode.await(node.fingerprinter.key(tenant)));

    server.health = KeyServerHealth.OK;
    KeysNode.await(node.watch.look());
    assertEquals(DIGITS, open(node, own));
    assertNotEquals(own.keyId(), seal(node).keyId());
  }

  @Test
  void dropsAKeyThatWasStillUnderwayWhenTheKeyServerWasSealed() {
    KeysNode node = node(Map.of());
    Sealed others = seal(node(Map.of()));
    CompletableFuture<Void> gate = new CompletableFuture<>();
    server.gate = gate;
    CompletionStage<OpeningKey> opening = node.sealer.openingKey(tenant, others.keyId());
    CompletionStage<SealingKey> sealing = node.sealer.sealingKey(tenant);
    Patience.until(() -> server.unwrapped.get() == 1);
    server.fail(KeyServerHealth.SEALED, KeyServerException.Kind.SEALED);
    KeysNode.await(node.watch.look());
    gate.complete(null);
    refuses(ProblemCode.KEY_SERVER_SEALED, () -> KeysNode.await(opening));
    refuses(ProblemCode.KEY_SERVER_SEALED, () -> KeysNode.await(sealing));
    assertEquals(0, node.caches.size());
  }

  @Test
  void refusesAKeyWithAnotherCheckValue() {
    Sealed sealed = seal(node(Map.of()));
    database.execute("UPDATE managed_key SET check_value = '\\x0011223344556677'");
    KeysNode node = node(Map.of());
    refuses(ProblemCode.INTEGRITY_FAILURE, () -> open(node, sealed));
    assertEquals(0, node.caches.size());
  }

  @Test
  void asksTheKeyServerOnceForAllWhoOpenAtOnce() {
    Sealed sealed = seal(node(Map.of()));
    KeysNode node = node(Map.of());
    int before = server.unwrapped.get();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    server.gate = gate;
    List<CompletionStage<OpeningKey>> asked = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      asked.add(node.sealer.openingKey(tenant, sealed.keyId()));
    }
    gate.complete(null);
    asked.forEach(KeysNode::await);
    assertEquals(1, server.unwrapped.get() - before);
    assertSame(
        KeysNode.await(asked.get(0)), node.sealer.openingKeyIfCached(tenant, sealed.keyId()));
  }

  @Test
  void rotatesTheKeysOfAllNodes() {
    KeysNode one = node(Map.of());
    KeysNode two = node(Map.of());
    Sealed before = seal(one);
    UUID ofTwo = seal(two).keyId();
    KeyRotation rotation = KeysNode.await(one.ring.rotate(tenant));
    assertEquals(new KeyRotation(true, 2, 2, 2), rotation);
    assertNotEquals(before.keyId(), seal(one).keyId());
    assertEquals(ofTwo, seal(two).keyId());
    KeysNode.await(two.watch.noticeRotations());
    assertNotEquals(ofTwo, seal(two).keyId());
    assertEquals(DIGITS, open(two, before));
    List<KeyView> keys = KeysNode.await(one.ring.keys(tenant));
    assertEquals(4, keys.size());
    assertTrue(keys.stream().allMatch(key -> key.kekVersion() == 2), keys::toString);
    assertEquals(2, keys.stream().filter(KeyView::active).count());
  }

  @Test
  void notesHowManyRecordsAKeyHasSealed() {
    KeysNode node = node(Map.of());
    for (int i = 0; i < 7; i++) {
      seal(node);
    }
    node.panKeys.noteRecords();
    assertEquals(7, KeysNode.await(node.ring.keys(tenant)).get(0).records());
  }

  private KeysNode node(Map<String, String> settings) {
    KeysNode node = new KeysNode(database, server, clock, clock::nanoTime, settings);
    nodes.add(node);
    return node;
  }

  private Sealed seal(KeysNode node) {
    SealingKey key = KeysNode.await(node.sealer.sealingKey(tenant));
    Binding binding = new Binding(tenant, UUID.randomUUID(), 16, Binding.Kind.PAN);
    return new Sealed(key.keyId(), binding, key.seal(binding, pan()));
  }

  @RevealsPan("compares the digits")
  private String open(KeysNode node, Sealed sealed) {
    OpeningKey key = KeysNode.await(node.sealer.openingKey(tenant, sealed.keyId()));
    try (Pan pan = key.open(sealed.binding(), sealed.bytes())) {
      return new String(pan.reveal(), StandardCharsets.US_ASCII);
    }
  }

  private static Pan pan() {
    return Pan.takeOwnershipOf(DIGITS.getBytes(StandardCharsets.US_ASCII));
  }

  private static void refuses(ProblemCode code, Executable work) {
    assertEquals(code, assertThrows(ProblemException.class, work).code());
  }

  private record Sealed(UUID keyId, Binding binding, byte[] bytes) {}
}
