package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Gives the keys under which PANs are found again. Stages fail like {@link Sealer}'s and are
 * completed already when the keys are at hand.
 */
@ApplicationScoped
public class Fingerprinter {

  private final VersionedKeys<FingerprintKey> keys;

  /** Takes what holds the keys. */
  Fingerprinter(KeyOpener opener, ManagedKeyStore store, KeyThreads threads, KeyCaches caches) {
    this.keys =
        new VersionedKeys<>(KeyPurpose.INDEX, FingerprintKey::new, opener, store, threads, caches);
  }

  /** The newest version, under which new PANs are entered. */
  public CompletionStage<FingerprintKey> key(TenantId tenant) {
    return keys.all(tenant).thenApply(all -> all.get(0));
  }

  /** All versions under which PANs may have been entered, newest first; two while rotating. */
  public CompletionStage<List<FingerprintKey>> keys(TenantId tenant) {
    return keys.all(tenant);
  }
}
