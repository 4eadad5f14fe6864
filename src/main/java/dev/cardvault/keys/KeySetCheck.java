package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Finds out whether the key server is the one that wrapped what is in the database. A node that was
 * started with the wrong address, file or database must not serve; a single key that does not open
 * fails only what it sealed.
 */
@ApplicationScoped
class KeySetCheck {

  private static final Logger LOG = Logger.getLogger(KeySetCheck.class);
  private static final int SAMPLE = 10;

  private final KeyServer server;
  private final ManagedKeyStore store;
  private final KeyThreads threads;
  private volatile boolean passed;

  KeySetCheck(KeyServer server, ManagedKeyStore store, KeyThreads threads) {
    this.server = server;
    this.store = store;
    this.threads = threads;
  }

  /**
   * Whether it is wrong: of a sample of tenants' keys there are some, and none opens. Asked again
   * until one does; never fails.
   */
  CompletionStage<Boolean> isWrong() {
    if (passed) {
      return CompletableFuture.completedStage(false);
    }
    return threads
        .blocking(this::sample)
        .thenCompose(this::allForeign)
        .exceptionally(
            failure -> {
              LOG.debug("Whether the keys are ours could not be found out yet");
              return false;
            });
  }

  private List<ManagedKey> sample() {
    return store.someTenants(SAMPLE).stream().flatMap(this::indexKeys).toList();
  }

  private Stream<ManagedKey> indexKeys(TenantId tenant) {
    return store.active(tenant, KeyPurpose.INDEX).stream();
  }

  private CompletionStage<Boolean> allForeign(List<ManagedKey> keys) {
    CompletionStage<Boolean> all = CompletableFuture.completedStage(!keys.isEmpty());
    for (ManagedKey key : keys) {
      all = all.thenCombine(isForeign(key), Boolean::logicalAnd);
    }
    return all;
  }

  private CompletionStage<Boolean> isForeign(ManagedKey key) {
    return server
        .unwrap(key.bound())
        .thenApply(
            bytes -> {
              try (bytes) {
                boolean ours = CheckValue.matches(bytes, key.checkValue());
                passed |= ours;
                return !ours;
              }
            })
        .exceptionally(KeySetCheck::meansForeign);
  }

  private static boolean meansForeign(Throwable failure) {
    return KeyThreads.causeOf(failure) instanceof KeyServerException refused
        && switch (refused.kind()) {
          case MISMATCH, NOT_FOUND -> true;
          default -> false;
        };
  }
}
