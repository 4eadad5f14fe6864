package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** All keys of a tenant, for whoever looks after them. Stages fail like {@link Sealer}'s. */
@ApplicationScoped
public class KeyRing {

  private final KeyServer server;
  private final ManagedKeyStore store;
  private final PanKeys own;
  private final KeyThreads threads;
  private final Ids ids;
  private final Fingerprinter fingerprinter;
  private final AccessTokenKeys accessTokenKeys;

  /** Takes what holds the keys. */
  KeyRing(
      KeyServer server,
      ManagedKeyStore store,
      PanKeys own,
      KeyThreads threads,
      Ids ids,
      Fingerprinter fingerprinter,
      AccessTokenKeys accessTokenKeys) {
    this.server = server;
    this.store = store;
    this.own = own;
    this.threads = threads;
    this.ids = ids;
    this.fingerprinter = fingerprinter;
    this.accessTokenKeys = accessTokenKeys;
  }

  /**
   * Makes the KEK of a tenant that is in the database, and the keys that all nodes share. Needs the
   * right to create KEKs, which the service's role in production does not have; see {@code
   * vault-policies}. Nothing happens to what is there.
   */
  public CompletionStage<Void> create(TenantId tenant) {
    return KeyOpener.told(server.createKek(tenant))
        .thenCompose(made -> fingerprinter.key(tenant))
        .thenCompose(made -> accessTokenKeys.signingKey(tenant))
        .thenApply(made -> null);
  }

  /** All managed keys of the tenant, newest first. */
  public CompletionStage<List<KeyView>> keys(TenantId tenant) {
    return threads.blocking(() -> store.all(tenant).stream().map(KeyView::of).toList());
  }

  /** The versions of the tenant's KEK and their age. */
  public CompletionStage<Kek> kek(TenantId tenant) {
    return KeyOpener.told(server.kek(tenant));
  }

  /**
   * Adds a version to the tenant's KEK, retires the PAN keys that seal now (other nodes notice
   * within 5 seconds), and has all keys wrapped by the newest version. Where the key server
   * reserves rotating KEKs to its administrators, the rest is done all the same.
   */
  public CompletionStage<KeyRotation> rotate(TenantId tenant) {
    return KeyOpener.told(rotateKekIfAllowed(tenant))
        .thenCompose(
            rotated ->
                threads
                    .blocking(() -> retire(tenant))
                    .thenCompose(retired -> rewrapAll(tenant, rotated, retired)));
  }

  private CompletionStage<Boolean> rotateKekIfAllowed(TenantId tenant) {
    return server
        .rotateKek(tenant)
        .thenApply(done -> true)
        .exceptionallyCompose(
            failure ->
                KeyThreads.causeOf(failure) instanceof KeyServerException refused
                        && refused.kind() == KeyServerException.Kind.DENIED
                    ? CompletableFuture.completedStage(false)
                    : CompletableFuture.failedStage(failure));
  }

  private int retire(TenantId tenant) {
    int retired = store.rotate(tenant, ids.now());
    own.retire(store.generations(List.of(tenant)));
    return retired;
  }

  private CompletionStage<KeyRotation> rewrapAll(TenantId tenant, boolean rotated, int retired) {
    return kek(tenant)
        .thenCompose(
            kek ->
                threads
                    .blocking(() -> wrappedBefore(tenant, kek.latest()))
                    .thenCompose(keys -> rewrap(tenant, keys, 0))
                    .thenApply(done -> new KeyRotation(rotated, kek.latest(), retired, done)));
  }

  private List<ManagedKey> wrappedBefore(TenantId tenant, int kekVersion) {
    return store.all(tenant).stream()
        .filter(key -> key.wrapped().kekVersion() < kekVersion)
        .toList();
  }

  private CompletionStage<Integer> rewrap(TenantId tenant, List<ManagedKey> keys, int done) {
    if (keys.isEmpty()) {
      return CompletableFuture.completedStage(done);
    }
    int size = Math.min(keys.size(), KeyServer.MAX_REWRAP);
    List<ManagedKey> now = new ArrayList<>(keys.subList(0, size));
    return KeyOpener.told(server.rewrap(tenant, now.stream().map(ManagedKey::bound).toList()))
        .thenCompose(wrapped -> threads.blocking(() -> keep(now, wrapped)))
        .thenCompose(kept -> rewrap(tenant, keys.subList(size, keys.size()), done + kept));
  }

  private int keep(List<ManagedKey> keys, List<Optional<WrappedKey>> wrapped) {
    int kept = 0;
    for (int i = 0; i < keys.size(); i++) {
      Optional<WrappedKey> newer = wrapped.get(i);
      if (newer.isPresent()) {
        store.rewrap(keys.get(i), newer.get());
        kept++;
      }
    }
    return kept;
  }
}
