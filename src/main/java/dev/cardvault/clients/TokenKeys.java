package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/** The Ed25519 keys under which a tenant's access tokens are signed. */
interface TokenKeys {

  /** The key to sign with now. Blocks. */
  Signing signing(TenantId tenant);

  /** The key of that id among the tenant's; {@code null} when it has none such. Blocks. */
  @Nullable PublicKey verifying(TenantId tenant, String keyId);

  /** Whether keys may be used at all; not while the key server is sealed. Never blocks. */
  boolean available();

  /**
   * A private key and its name.
   *
   * @param keyId the {@code kid} of what it signs
   * @param key the key
   */
  record Signing(String keyId, PrivateKey key) {}
}
