package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Gives the keys that seal and open PANs. Stages fail with a {@link ProblemException}: {@code
 * key-server-sealed}, {@code key-server-unavailable}, {@code database-unavailable}, {@code
 * integrity-failure}. They are completed already when the key is at hand, and otherwise on a thread
 * that must not be blocked.
 */
@ApplicationScoped
public class Sealer {

  private final PanKeys own;
  private final KeyCache<UUID, OpenedPanKey> cache;
  private final KeyOpener opener;
  private final ManagedKeyStore store;
  private final KeyThreads threads;

  /** Takes what holds the keys. */
  Sealer(
      PanKeys own, KeyCaches caches, KeyOpener opener, ManagedKeyStore store, KeyThreads threads) {
    this.own = own;
    this.cache = caches.panKeys();
    this.opener = opener;
    this.store = store;
    this.threads = threads;
  }

  /** The key to seal one record with: each call counts one. */
  public CompletionStage<SealingKey> sealingKey(TenantId tenant) {
    return own.sealing(tenant);
  }

  /**
   * The key of that id. One that {@code tenant} does not have is an {@code integrity-failure}: a
   * row names it, so it must be there.
   */
  public CompletionStage<OpeningKey> openingKey(TenantId tenant, UUID keyId) {
    OpeningKey here = openingKeyIfCached(tenant, keyId);
    if (here != null) {
      return CompletableFuture.completedStage(here);
    }
    return cache
        .get(keyId, id -> load(tenant, id))
        .thenApply(opened -> checked(opened, tenant).opening());
  }

  /** The key of that id if it is in memory; never blocks and asks nobody. */
  public @Nullable OpeningKey openingKeyIfCached(TenantId tenant, UUID keyId) {
    OpeningKey ofThisNode = own.opening(keyId);
    if (ofThisNode != null) {
      return ofThisNode;
    }
    OpenedPanKey opened = cache.ifPresent(keyId);
    return opened == null ? null : checked(opened, tenant).opening();
  }

  // The binding would not let another tenant's key open anything; but it is not even handed out.
  private static OpenedPanKey checked(OpenedPanKey opened, TenantId tenant) {
    if (!opened.key().row().tenant().equals(tenant)) {
      throw ProblemException.of(ProblemCode.INTEGRITY_FAILURE);
    }
    return opened;
  }

  private CompletionStage<OpenedPanKey> load(TenantId tenant, UUID id) {
    return threads
        .blocking(() -> find(tenant, id))
        .thenCompose(opener::open)
        .thenApply(OpenedPanKey::new);
  }

  private ManagedKey find(TenantId tenant, UUID id) {
    return store
        .find(tenant, id)
        .filter(key -> key.purpose() == KeyPurpose.PAN)
        .orElseThrow(() -> ProblemException.of(ProblemCode.INTEGRITY_FAILURE));
  }
}
