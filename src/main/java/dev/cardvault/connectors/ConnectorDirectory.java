package dev.cardvault.connectors;

import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All connectors as the adapters see them: from memory, at most five seconds old. So an id that
 * somebody made up costs the database nothing. A node that cannot read them for a minute lets
 * nobody in: it may not know which one was taken away.
 */
@ApplicationScoped
public class ConnectorDirectory {

  private static final Logger LOG = Logger.getLogger(ConnectorDirectory.class);
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long STALE_NANOS = Duration.ofSeconds(60).toNanos();

  private final TenantDatabase database;
  private final Executor executor;
  private volatile @Nullable Snapshot known;
  private @Nullable CompletableFuture<Snapshot> reading;

  /** Reads from {@code database} on {@code executor}. */
  public ConnectorDirectory(TenantDatabase database, ManagedExecutor executor) {
    this.database = database;
    this.executor = executor;
  }

  /**
   * The connector of that id, whoever's it is. Fails with {@code database-unavailable} when that
   * has not been known for a minute. Never blocks.
   */
  public CompletionStage<Optional<Connector>> find(UUID id) {
    Snapshot snapshot = known;
    long age = snapshot == null ? Long.MAX_VALUE : System.nanoTime() - snapshot.readAt();
    CompletionStage<Snapshot> serving =
        age < FRESH_NANOS && snapshot != null
            ? CompletableFuture.completedFuture(snapshot)
            : age < STALE_NANOS && snapshot != null ? refreshed(snapshot) : read();
    return serving.thenApply(current -> Optional.ofNullable(current.connectors().get(id)));
  }

  /** Reads all of them anew: one has changed. Blocks. */
  void changed() {
    try {
      refresh();
    } catch (ProblemException failure) {
      LOG.warn("Connectors could not be read from the database");
    }
  }

  // While a fresh copy is read, the one at hand serves.
  private CompletionStage<Snapshot> refreshed(Snapshot atHand) {
    read();
    return CompletableFuture.completedFuture(atHand);
  }

  private synchronized CompletionStage<Snapshot> read() {
    if (reading == null || reading.isDone()) {
      reading = CompletableFuture.supplyAsync(this::refresh, executor);
    }
    return reading;
  }

  private Snapshot refresh() {
    long now = System.nanoTime();
    Map<UUID, Connector> all =
        database.beforeLogin(ConnectorStore::all).stream()
            .collect(Collectors.toUnmodifiableMap(Connector::id, Function.identity()));
    return keep(new Snapshot(now, all));
  }

  // Of two readers the one that began later knows better.
  private synchronized Snapshot keep(Snapshot read) {
    Snapshot other = known;
    Snapshot newest = other != null && other.readAt() - read.readAt() > 0 ? other : read;
    known = newest;
    return newest;
  }

  private record Snapshot(long readAt, Map<UUID, Connector> connectors) {}
}
