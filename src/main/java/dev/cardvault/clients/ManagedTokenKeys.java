package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.keys.AccessTokenKey;
import dev.cardvault.keys.AccessTokenKeys;
import dev.cardvault.keys.KeyServerHealth;
import dev.cardvault.keys.KeyServerWatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** Keys that the key server wraps, like all others. */
@ApplicationScoped
class ManagedTokenKeys implements TokenKeys {

  private final AccessTokenKeys keys;
  private final KeyServerWatch watch;

  ManagedTokenKeys(AccessTokenKeys keys, KeyServerWatch watch) {
    this.keys = keys;
    this.watch = watch;
  }

  @Override
  public Signing signing(TenantId tenant) {
    AccessTokenKey key = Waiting.waitFor(keys.signingKey(tenant));
    return new Signing(key.kid(), key.privateKey());
  }

  @Override
  public @Nullable PublicKey verifying(TenantId tenant, String keyId) {
    // A key's id names its tenant, and a token is only ever checked by its own tenant's keys.
    return keyId.startsWith(tenant + ".")
        ? Waiting.waitFor(keys.verifyingKey(keyId)).map(AccessTokenKey::publicKey).orElse(null)
        : null;
  }

  @Override
  public boolean available() {
    return watch.state() != KeyServerHealth.SEALED;
  }
}
