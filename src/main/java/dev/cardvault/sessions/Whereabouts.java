package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.keys.FingerprintKey;
import dev.cardvault.keys.Fingerprinter;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.CardCatalog;
import dev.cardvault.vault.TokenView;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node that holds a capture, and lets nodes know each other: by a keyed hash under a key
 * of the capture's tenant, which only nodes can have opened. Never blocks.
 */
@ApplicationScoped
public class Whereabouts {

  private static final String DOMAIN = "forwarded-request";

  private final SessionTable table;
  private final CaptureIds ids;
  private final CaptureStore store;
  private final CardCatalog catalog;
  private final Fingerprinter keys;
  private final ManagedExecutor executor;

  Whereabouts(
      SessionTable table,
      CaptureIds ids,
      CaptureStore store,
      CardCatalog catalog,
      Fingerprinter keys,
      ManagedExecutor executor) {
    this.table = table;
    this.ids = ids;
    this.store = store;
    this.catalog = catalog;
    this.keys = keys;
    this.executor = executor;
  }

  /** Whether this node knows the capture, so that nobody else has to be asked. */
  public boolean isHere(String id) {
    return table.find(id).isPresent() || table.remembered(id).isPresent();
  }

  /**
   * Where a capture that is not here is; nothing when it is nowhere, or has ended, which this node
   * knows from then on. Fails with {@code overloaded} when its node cannot be reached from here.
   */
  public CompletionStage<Optional<Place>> find(String id) {
    return ids.checked(id)
        .thenCompose(
            checked ->
                checked.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.supplyAsync(() -> find(id, checked.get()), executor));
  }

  private Optional<Place> find(String text, CaptureId id) {
    Optional<CaptureRow> row = store.find(id.tenant(), id.capture());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    // What this node itself held and has forgotten, it cannot hold any more.
    if (row.get().truth().isEnd() || ids.isOfThisNode(id)) {
      table.remember(new Remembered(text, id.tenant(), row.get(), tokenOf(id, row.get())));
      return Optional.empty();
    }
    URI address = row.get().address();
    if (address == null) {
      throw unreachable();
    }
    return Optional.of(new Place(address, id.tenant()));
  }

  private @Nullable TokenView tokenOf(CaptureId id, CaptureRow row) {
    UUID token = row.token();
    return token == null ? null : catalog.issued(id.tenant(), token).orElse(null);
  }

  /** What a caller is told when the node of a capture does not answer: try again, or hear more. */
  public static ProblemException unreachable() {
    return ProblemException.of(
            ProblemCode.OVERLOADED, "The node that holds this capture cannot be reached")
        .retryAfter(Duration.ofSeconds(1));
  }

  /** Proof that a node of ours says {@code what}. */
  public CompletionStage<byte[]> proof(TenantId tenant, byte[] what) {
    return keys.key(tenant).thenApply(key -> key.mac(DOMAIN, what));
  }

  /** Whether {@code proof} is one that a node of ours says {@code what}. */
  public CompletionStage<Boolean> isProven(TenantId tenant, byte[] what, byte[] proof) {
    return ids.isKnown(tenant)
        .thenCompose(
            known ->
                known
                    ? keys.keys(tenant)
                        .thenApply(all -> all.stream().anyMatch(key -> isOf(key, what, proof)))
                    : CompletableFuture.completedFuture(false));
  }

  private static boolean isOf(FingerprintKey key, byte[] what, byte[] proof) {
    return MessageDigest.isEqual(key.mac(DOMAIN, what), proof);
  }

  /**
   * Where a capture is.
   *
   * @param address of its node
   * @param tenant whose it is
   */
  public record Place(URI address, TenantId tenant) {}
}
