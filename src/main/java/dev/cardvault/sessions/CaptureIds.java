package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.Node;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.Fingerprinter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.context.ManagedExecutor;

/** Makes the ids of captures and checks those that are shown. */
@ApplicationScoped
class CaptureIds {

  private final Fingerprinter keys;
  private final TenantDatabase database;
  private final ManagedExecutor executor;
  private final Ids ids;
  private final long node;
  private final Set<TenantId> tenants = ConcurrentHashMap.newKeySet();

  CaptureIds(
      Fingerprinter keys, TenantDatabase database, ManagedExecutor executor, Ids ids, Node node) {
    this.keys = keys;
    this.database = database;
    this.executor = executor;
    this.ids = ids;
    this.node = CaptureId.nodeOf(node.name());
  }

  /** A new id of this node. */
  CompletionStage<CaptureId> next(TenantId tenant) {
    tenants.add(tenant);
    CaptureId bare = new CaptureId(ids.next(), tenant, node, 0);
    return keys.key(tenant)
        .thenApply(key -> bare.sealedBy(key.mac(CaptureId.DOMAIN, bare.signed())));
  }

  /** The id that {@code text} is; nothing when no node of ours made it. */
  CompletionStage<Optional<CaptureId>> checked(String text) {
    Optional<CaptureId> parsed = CaptureId.parse(text);
    if (parsed.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    CaptureId id = parsed.get();
    return isKnown(id.tenant())
        .thenCompose(
            known ->
                known
                    ? keys.keys(id.tenant())
                        .thenApply(
                            all ->
                                all.stream()
                                    .map(key -> key.mac(CaptureId.DOMAIN, id.signed()))
                                    .anyMatch(id::isSealedBy))
                    : CompletableFuture.completedFuture(false))
        .thenApply(ours -> ours ? Optional.of(id) : Optional.empty());
  }

  boolean isOfThisNode(CaptureId id) {
    return id.node() == node;
  }

  /** No key is made for a tenant that somebody made up. */
  CompletionStage<Boolean> isKnown(TenantId tenant) {
    if (tenants.contains(tenant)) {
      return CompletableFuture.completedFuture(true);
    }
    return CompletableFuture.supplyAsync(
        () -> {
          tenants.addAll(database.tenants());
          return tenants.contains(tenant);
        },
        executor);
  }
}
