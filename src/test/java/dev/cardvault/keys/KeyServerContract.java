package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.junit.jupiter.api.Test;

/** What every key server does, whatever it is made of. */
abstract class KeyServerContract {

  /** The key server under test, with the rights the service has. */
  abstract KeyServer server();

  /** The same key server with the rights to make and rotate KEKs. */
  abstract KeyServer asAdministrator();

  @Test
  void makesKeysOf32BytesThatDiffer() {
    TenantId tenant = tenantWithKek();
    DataKey one = await(server().makeDataKey(context(tenant)));
    DataKey two = await(server().makeDataKey(context(tenant)));
    assertEquals(KeyBytes.LENGTH, one.bytes().bytes().length);
    assertFalse(java.util.Arrays.equals(one.bytes().bytes(), two.bytes().bytes()));
    assertEquals(1, one.wrapped().kekVersion());
  }

  @Test
  void opensWhatItWrapped() {
    KeyContext context = context(tenantWithKek());
    DataKey made = await(server().makeDataKey(context));
    KeyBytes opened = await(server().unwrap(new BoundKey(context, made.wrapped())));
    assertArrayEquals(made.bytes().bytes(), opened.bytes());
  }

  @Test
  void opensNothingUnderAnotherContext() {
    TenantId tenant = tenantWithKek();
    TenantId other = tenantWithKek();
    KeyContext context = context(tenant);
    WrappedKey wrapped = await(server().makeDataKey(context)).wrapped();
    List<KeyContext> elsewhere =
        List.of(
            new KeyContext(KeyPurpose.INDEX, tenant, context.keyId()),
            new KeyContext(context.purpose(), other, context.keyId()),
            new KeyContext(context.purpose(), tenant, UUID.randomUUID()));
    for (KeyContext moved : elsewhere) {
      refuses(
          KeyServerException.Kind.MISMATCH,
          () -> await(server().unwrap(new BoundKey(moved, wrapped))));
    }
  }

  @Test
  void opensNothingThatWasChanged() {
    KeyContext context = context(tenantWithKek());
    String text = await(server().makeDataKey(context)).wrapped().text();
    int last = text.length() - 10;
    String changed =
        text.substring(0, last) + (text.charAt(last) == 'A' ? 'B' : 'A') + text.substring(last + 1);
    String newer = text.replaceFirst(":v1:", ":v7:");
    for (String wrong : List.of(changed, newer, "nonsense", text.substring(0, 30))) {
      BoundKey key = new BoundKey(context, new WrappedKey(wrong, 1));
      refuses(KeyServerException.Kind.MISMATCH, () -> await(server().unwrap(key)));
    }
  }

  @Test
  void wrapsByTheNewestVersionAndOpensTheOlder() {
    KeyContext context = context(tenantWithKek());
    DataKey old = await(server().makeDataKey(context));
    await(asAdministrator().rotateKek(context.tenant()));
    assertEquals(2, await(server().makeDataKey(context)).wrapped().kekVersion());
    KeyBytes opened = await(server().unwrap(new BoundKey(context, old.wrapped())));
    assertArrayEquals(old.bytes().bytes(), opened.bytes());
  }

  @Test
  void rewrapsManyAndKeepsThemBound() {
    TenantId tenant = tenantWithKek();
    List<BoundKey> keys = new ArrayList<>();
    List<DataKey> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      KeyContext context = context(tenant);
      made.add(await(server().makeDataKey(context)));
      keys.add(new BoundKey(context, made.get(i).wrapped()));
    }
    BoundKey moved = new BoundKey(context(tenant), made.get(0).wrapped());
    keys.add(1, moved);
    await(asAdministrator().rotateKek(tenant));

    List<Optional<WrappedKey>> rewrapped = await(server().rewrap(tenant, keys));

    assertEquals(
        List.of(true, false, true, true), rewrapped.stream().map(Optional::isPresent).toList());
    WrappedKey last = rewrapped.get(3).orElseThrow();
    assertEquals(2, last.kekVersion());
    KeyBytes opened = await(server().unwrap(new BoundKey(keys.get(3).context(), last)));
    assertArrayEquals(made.get(2).bytes().bytes(), opened.bytes());
    refuses(
        KeyServerException.Kind.MISMATCH,
        () -> await(server().unwrap(new BoundKey(keys.get(0).context(), last))));
  }

  @Test
  void rewrapsAsManyAsOneCallTakesAndNoMore() {
    TenantId tenant = tenantWithKek();
    KeyContext context = context(tenant);
    BoundKey key = new BoundKey(context, await(server().makeDataKey(context)).wrapped());
    List<BoundKey> most = IntStream.range(0, KeyServer.MAX_REWRAP).mapToObj(i -> key).toList();
    assertEquals(KeyServer.MAX_REWRAP, await(server().rewrap(tenant, most)).size());
    List<BoundKey> more = new ArrayList<>(most);
    more.add(key);
    assertThrows(IllegalArgumentException.class, () -> server().rewrap(tenant, more));
  }

  @Test
  void makesAKekOnce() {
    TenantId tenant = tenantWithKek();
    KeyContext context = context(tenant);
    WrappedKey wrapped = await(server().makeDataKey(context)).wrapped();
    await(asAdministrator().createKek(tenant));
    await(server().unwrap(new BoundKey(context, wrapped))).close();
    assertEquals(1, await(server().kek(tenant)).latest());
  }

  @Test
  void tellsTheVersionsOfAKek() {
    TenantId tenant = tenantWithKek();
    await(asAdministrator().rotateKek(tenant));
    Kek kek = await(server().kek(tenant));
    assertEquals(2, kek.latest());
    assertEquals(List.of(1, 2), List.copyOf(kek.versions().keySet()));
    Instant now = Instant.now();
    assertTrue(
        kek.versions().values().stream()
            .allMatch(time -> Duration.between(time, now).abs().toMinutes() < 5));
  }

  @Test
  void failsForATenantWithoutKek() {
    TenantId nobody = new TenantId(UUID.randomUUID());
    refuses(KeyServerException.Kind.NOT_FOUND, () -> await(server().makeDataKey(context(nobody))));
    refuses(KeyServerException.Kind.NOT_FOUND, () -> await(server().kek(nobody)));
  }

  @Test
  void signsTheAuditLogWithAKeyEverybodyCanCheck() throws Exception {
    byte[] message = "origin\n3\nroot\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (LogKey key : await(server().logKeys())) {
      byte[] signature = await(server().signLog(key.version(), message));
      Ed25519Signer verifier = new Ed25519Signer();
      verifier.init(false, new Ed25519PublicKeyParameters(key.publicKey(), 0));
      verifier.update(message, 0, message.length);
      assertTrue(verifier.verifySignature(signature));
    }
    LogKey newest = await(server().logKeys()).get(await(server().logKeys()).size() - 1);
    assertThrows(
        KeyServerException.class, () -> await(server().signLog(newest.version() + 1, message)));
  }

  @Test
  void isHealthy() {
    assertEquals(KeyServerHealth.OK, await(server().health()));
  }

  TenantId tenantWithKek() {
    TenantId tenant = new TenantId(UUID.randomUUID());
    await(asAdministrator().createKek(tenant));
    return tenant;
  }

  static KeyContext context(TenantId tenant) {
    return new KeyContext(KeyPurpose.PAN, tenant, UUID.randomUUID());
  }

  static void refuses(
      KeyServerException.Kind kind, org.junit.jupiter.api.function.Executable work) {
    assertEquals(kind, assertThrows(KeyServerException.class, work).kind());
  }
}
