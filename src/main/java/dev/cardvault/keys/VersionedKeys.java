package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The keys of one purpose of which a tenant has one a version, shared by all nodes. The first node
 * that needs a tenant's key makes it; the database's unique index decides between two that do so at
 * once.
 *
 * @param <T> what is handed out of a key
 */
final class VersionedKeys<T> {

  private static final int FIRST_VERSION = 1;

  private final KeyPurpose purpose;
  private final Function<OpenKey, T> use;
  private final KeyOpener opener;
  private final ManagedKeyStore store;
  private final KeyThreads threads;
  private final KeyCache<TenantId, Versions<T>> cache;

  VersionedKeys(
      KeyPurpose purpose,
      Function<OpenKey, T> use,
      KeyOpener opener,
      ManagedKeyStore store,
      KeyThreads threads,
      KeyCaches caches) {
    this.purpose = purpose;
    this.use = use;
    this.opener = opener;
    this.store = store;
    this.threads = threads;
    this.cache = caches.ofTenants();
  }

  /** All versions in use, newest first, at least one; made when there is none. */
  CompletionStage<List<T>> all(TenantId tenant) {
    return cache.get(tenant, this::loadOrMake).thenApply(Versions::uses);
  }

  /** All versions in use, newest first; none when the tenant has none. */
  CompletionStage<List<T>> allThatExist(TenantId tenant) {
    if (cache.ifPresent(tenant) != null) {
      return all(tenant);
    }
    return threads
        .blocking(() -> store.active(tenant, purpose).isEmpty())
        .thenCompose(none -> none ? CompletableFuture.completedStage(List.of()) : all(tenant));
  }

  private CompletionStage<Versions<T>> loadOrMake(TenantId tenant) {
    return threads
        .blocking(() -> store.active(tenant, purpose))
        .thenCompose(rows -> rows.isEmpty() ? makeFirst(tenant) : open(rows));
  }

  private CompletionStage<Versions<T>> makeFirst(TenantId tenant) {
    return opener
        .make(tenant, purpose, FIRST_VERSION)
        .thenCompose(
            made -> {
              // Read back and opened like any other: what was stored is proven to open.
              made.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE);
              return threads.blocking(() -> store.addVersion(made.row()));
            })
        .thenCompose(this::open);
  }

  private CompletionStage<Versions<T>> open(List<ManagedKey> rows) {
    List<CompletableFuture<OpenKey>> opening =
        rows.stream().map(row -> opener.open(row).toCompletableFuture()).toList();
    return CompletableFuture.allOf(opening.toArray(CompletableFuture[]::new))
        .handle(
            (done, failure) -> {
              List<OpenKey> opened = new ArrayList<>();
              for (CompletableFuture<OpenKey> each : opening) {
                if (!each.isCompletedExceptionally()) {
                  opened.add(each.join());
                }
              }
              if (failure != null) {
                opened.forEach(key -> key.wipe(ProblemCode.KEY_SERVER_UNAVAILABLE));
                throw new CompletionException(KeyThreads.causeOf(failure));
              }
              return Versions.of(opened, use);
            });
  }
}
