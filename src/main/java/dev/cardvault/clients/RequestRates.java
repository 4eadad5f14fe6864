package dev.cardvault.clients;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps each client to its rate on this node: a bucket that holds one second's worth of requests
 * and fills steadily. What is kept of it is the one moment at which it will be full again (the
 * generic cell rate algorithm of ITU-T I.371), so that no lock is needed.
 */
@ApplicationScoped
class RequestRates {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Map<String, AtomicLong> fullAgain = new ConcurrentHashMap<>();

  @Inject
  RequestRates() {
    this(System::nanoTime);
  }

  RequestRates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Whether {@code client} may make one more request now; if so, it is counted. */
  boolean admits(ClientState client) {
    int perSecond = client.policy().requestsPerSecond();
    if (perSecond <= 0) {
      return true;
    }
    long now = nanoTime.getAsLong();
    AtomicLong bucket = fullAgain.computeIfAbsent(client.id(), id -> new AtomicLong(now));
    long share = SECOND / perSecond;
    while (true) {
      long full = bucket.get();
      long next = (full - now > 0 ? full : now) + share;
      if (next - now > Math.max(SECOND, share)) {
        return false;
      }
      if (bucket.compareAndSet(full, next)) {
        return true;
      }
    }
  }
}
