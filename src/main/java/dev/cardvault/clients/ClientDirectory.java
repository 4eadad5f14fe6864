package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All clients as they are now, in memory: what changed is read every two seconds, so that a
 * suspension on one node is felt on the others within five. A node that cannot read them for a
 * minute lets nobody in: it may not know who was suspended.
 */
@ApplicationScoped
class ClientDirectory {

  private static final Logger LOG = Logger.getLogger(ClientDirectory.class);

  /** No transaction that changes a client lasts longer; what it dated must not be missed. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofSeconds(30);

  private final DirectoryStore store;
  private final Clock clock;
  private final long staleAfterNanos;
  private final LongSupplier nanoTime;
  private final Map<String, ClientState> clients = new ConcurrentHashMap<>();
  private final Map<UUID, Instant> revokedTokens = new ConcurrentHashMap<>();
  private volatile Set<TenantId> suspendedTenants = Set.of();
  private Instant watermark = Instant.EPOCH;
  private volatile @Nullable Long readAt;

  @Inject
  ClientDirectory(DirectoryStore store, ClientsConfig config, Clock clock) {
    this(store, config, clock, System::nanoTime);
  }

  ClientDirectory(DirectoryStore store, ClientsConfig config, Clock clock, LongSupplier nanoTime) {
    this.store = store;
    this.clock = clock;
    this.staleAfterNanos = config.staleAfter().toNanos();
    this.nanoTime = nanoTime;
  }

  /**
   * The client of that id; {@code null} when this node knows of none. Never blocks.
   *
   * @throws ProblemException {@code database-unavailable} when what it knows is too old
   */
  @Nullable ClientState find(String clientId) {
    Long at = readAt;
    if (at != null && nanoTime.getAsLong() - at > staleAfterNanos) {
      throw ProblemException.of(ProblemCode.DATABASE_UNAVAILABLE).retryAfter(Duration.ofSeconds(5));
    }
    return clients.get(clientId);
  }

  /** The client of that id, reading what changed when this node knows of none. Blocks. */
  @Nullable ClientState findOrRead(String clientId) {
    ClientState known = find(clientId);
    if (known == null) {
      refresh();
      known = find(clientId);
    }
    return known;
  }

  /** Whether {@code client}, or all of its tenant, may do nothing for now. */
  boolean isSuspended(ClientState client) {
    return client.suspended() || suspendedTenants.contains(client.tenant());
  }

  /** Whether {@code token} was given back. */
  boolean isRevoked(AccessToken token) {
    return revokedTokens.containsKey(token.id());
  }

  /**
   * Reads what changed since the last time.
   *
   * @throws ProblemException {@code database-unavailable}
   */
  synchronized void refresh() {
    long started = nanoTime.getAsLong();
    Instant since = watermark.minus(LONGEST_TRANSACTION);
    DirectoryStore.Changes changes = Failures.told(() -> store.changedSince(since));
    changes.clients().forEach(client -> clients.put(client.id(), client));
    changes.unreadable().forEach(clients::remove);
    suspendedTenants = changes.suspendedTenants();
    revokedTokens.putAll(changes.revokedTokens());
    Instant now = clock.instant();
    revokedTokens
        .values()
        .removeIf(end -> end.isBefore(now.minus(LONGEST_TRANSACTION.multipliedBy(4))));
    watermark = changes.asOf();
    readAt = started;
  }

  /** Reads what changed since the last time; if that fails, what is known grows old. */
  @Scheduled(
      every = "{cardvault.clients.refresh-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void refreshOrWarn() {
    try {
      refresh();
    } catch (RuntimeException failure) {
      LOG.warnf("Clients could not be read from the database: %s", failure.getClass().getName());
    }
  }
}
