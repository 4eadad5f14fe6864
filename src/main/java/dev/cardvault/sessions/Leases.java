package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Says to the other nodes that this one still holds its captures, and calls lost what a silent node
 * held. A node that could not say so for a whole lease gives its captures up itself.
 */
@ApplicationScoped
class Leases {

  private static final Logger LOG = Logger.getLogger(Leases.class);

  private final SessionTable table;
  private final CaptureStore store;
  private final SessionClock clock;
  private final SessionsConfig config;
  private final Set<UUID> finished = ConcurrentHashMap.newKeySet();
  private long renewed;

  Leases(SessionTable table, CaptureStore store, SessionClock clock, SessionsConfig config) {
    this.table = table;
    this.store = store;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Begins the lease of a session that is about to be written: it ends here before it ends for
   * others.
   */
  void begin(Session session) {
    session.leasedUntil(clock.millis() + config.lease().toMillis());
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void renew() {
    long now = clock.millis();
    List<Session> all = table.all();
    finished.retainAll(
        all.stream().map(session -> session.id().capture()).collect(Collectors.toSet()));
    boolean due = now - renewed >= config.lease().toMillis() / 3;
    if (due) {
      renewed = now;
    }
    Map<TenantId, List<Session>> byTenant =
        all.stream()
            .filter(session -> session.state().isEnd() ? isFirstToFinish(session) : due)
            .collect(Collectors.groupingBy(session -> session.id().tenant()));
    byTenant.forEach((tenant, theirs) -> renew(tenant, theirs, now));
  }

  /** Writes at once how {@code session} ended. Blocks. */
  void finish(Session session) {
    if (isFirstToFinish(session)) {
      renew(session.id().tenant(), List.of(session), clock.millis());
    }
  }

  private boolean isFirstToFinish(Session session) {
    return finished.add(session.id().capture());
  }

  private void renew(TenantId tenant, List<Session> sessions, long now) {
    try {
      Set<UUID> ours = store.renew(tenant, sessions);
      long until = now + config.lease().toMillis();
      for (Session session : sessions) {
        if (ours.contains(session.id().capture())) {
          session.leasedUntil(until);
        } else {
          session.lose();
        }
      }
    } catch (ProblemException e) {
      // What has ended is written another time.
      sessions.forEach(session -> finished.remove(session.id().capture()));
      LOG.warnf("Captures could not be renewed: %s", e.code().code());
    }
  }

  @Scheduled(every = "3s", concurrentExecution = ConcurrentExecution.SKIP)
  void loseOrphans() {
    forEachTenant(
        tenant -> {
          int lost = store.loseOrphans(tenant);
          if (lost > 0) {
            LOG.warnf("%d captures are lost: the node that held them fell silent", lost);
          }
        });
  }

  @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
  void forgetOld() {
    forEachTenant(store::forgetOld);
  }

  private void forEachTenant(Consumer<TenantId> work) {
    try {
      store.tenants().forEach(work);
    } catch (ProblemException e) {
      LOG.warnf("Captures could not be looked through: %s", e.code().code());
    }
  }
}
