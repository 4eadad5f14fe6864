package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Gives the keys of format-preserving tokens. Stages fail like {@link Sealer}'s and are completed
 * already when the keys are at hand.
 */
@ApplicationScoped
public class Ff1Keys {

  private final VersionedKeys<Ff1Key> keys;

  /** Takes what holds the keys. */
  Ff1Keys(KeyOpener opener, ManagedKeyStore store, KeyThreads threads, KeyCaches caches) {
    this.keys = new VersionedKeys<>(KeyPurpose.FF1, Ff1Key::new, opener, store, threads, caches);
  }

  /** The newest version, which makes new tokens. */
  public CompletionStage<Ff1Key> key(TenantId tenant) {
    return keys.all(tenant).thenApply(all -> all.get(0));
  }

  /** All versions of which there may be tokens, newest first. */
  public CompletionStage<List<Ff1Key>> keys(TenantId tenant) {
    return keys.all(tenant);
  }
}
