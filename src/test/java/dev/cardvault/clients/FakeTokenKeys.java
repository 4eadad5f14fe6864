package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One key pair a tenant, in memory. */
final class FakeTokenKeys implements TokenKeys {

  private final Map<TenantId, KeyPair> pairs = new ConcurrentHashMap<>();
  private volatile boolean available = true;

  void seal() {
    available = false;
  }

  KeyPair pairOf(TenantId tenant) {
    return pairs.computeIfAbsent(tenant, t -> newPair());
  }

  static String keyIdOf(TenantId tenant) {
    return tenant + ".1";
  }

  static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Signing signing(TenantId tenant) {
    return new Signing(keyIdOf(tenant), pairOf(tenant).getPrivate());
  }

  @Override
  public @Nullable PublicKey verifying(TenantId tenant, String keyId) {
    KeyPair pair = pairs.get(tenant);
    return pair == null || !keyId.equals(keyIdOf(tenant)) ? null : pair.getPublic();
  }

  @Override
  public boolean available() {
    return available;
  }
}
