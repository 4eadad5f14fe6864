package dev.cardvault.outbox;

import dev.cardvault.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Delivers messages: one thread that takes what is due, sends it without waiting, and settles what
 * has come back. Any number of nodes may do so; a message is one node's at a time.
 */
@ApplicationScoped
class Courier {

  private static final Logger LOG = Logger.getLogger(Courier.class);

  private static final int MOST_AT_ONCE = 64;
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration LOOK_AT_BACKLOG = Duration.ofSeconds(5);

  /** Nothing came back: a reason to look what is due. */
  private static final Arrival LOOK = new Arrival(null, Result.retry("look"));

  private final OutboxStore store;
  private final List<Channel> channels;
  private final OutboxConfig config;
  private final MeterRegistry meters;
  private final BackOff backOff;
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final Map<UUID, Integer> underWay = new HashMap<>();
  private final Thread thread = new Thread(this::run, "outbox");
  private volatile boolean stopped;
  private volatile OutboxStore.Backlog backlog = new OutboxStore.Backlog(0, 0);
  private long nextLookAtBacklog = System.nanoTime();

  Courier(
      OutboxStore store, @All List<Channel> channels, OutboxConfig config, MeterRegistry meters) {
    this.store = store;
    this.channels = channels;
    this.config = config;
    this.meters = meters;
    this.backOff = new BackOff(config.firstWait(), config.longestWait());
    Gauge.builder("cardvault.outbox.waiting", this, c -> c.backlog.messages())
        .description("Messages to the outside that are still to be delivered")
        .register(meters);
    Gauge.builder("cardvault.outbox.oldest", this, c -> c.backlog.oldestSeconds())
        .baseUnit("seconds")
        .description("How long the oldest of them has waited")
        .register(meters);
  }

  void start(@Observes StartupEvent event) {
    thread.setDaemon(true);
    thread.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    thread.interrupt();
  }

  /** Has it look at once. Never blocks. */
  void wake() {
    arrivals.add(LOOK);
  }

  private void run() {
    while (!stopped) {
      try {
        settle(awaitArrivals());
        takeWhatIsDue();
        lookAtBacklog();
      } catch (ProblemException e) {
        LOG.warnf("Messages to the outside wait: %s", e.code().code());
      } catch (InterruptedException e) {
        // Asked to stop.
      } catch (RuntimeException e) {
        LOG.errorf("Messages to the outside wait: %s", e.getClass().getName());
      }
    }
  }

  /** What has come back; nothing after a while without. */
  private List<Arrival> awaitArrivals() throws InterruptedException {
    List<Arrival> arrived = new ArrayList<>();
    Arrival first = arrivals.poll(config.poll().toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      arrived.add(first);
      arrivals.drainTo(arrived);
    }
    return arrived;
  }

  private void settle(List<Arrival> arrived) {
    for (Arrival arrival : arrived) {
      Delivery delivery = arrival.delivery;
      if (delivery != null) {
        underWay.computeIfPresent(
            delivery.target().destination(), (id, n) -> n == 1 ? null : n - 1);
      }
    }
    for (Arrival arrival : arrived) {
      Delivery delivery = arrival.delivery;
      if (delivery != null) {
        settle(delivery, arrival.result);
      }
    }
  }

  private void settle(Delivery delivery, Result result) {
    Counter.builder("cardvault.outbox.attempts")
        .description("Attempts to deliver a message, by what came of them")
        .tag("channel", delivery.target().channel())
        .tag("result", result.end().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .increment();
    if (result.end() != Result.End.DELIVERED) {
      LOG.infof(
          "Attempt %d to deliver %s failed: %s",
          delivery.attempt(), delivery.id(), result.reason());
    }
    store.settle(delivery, result, waitAfter(delivery, result));
  }

  private Duration waitAfter(Delivery delivery, Result result) {
    Duration wait = backOff.after(delivery.attempt(), ThreadLocalRandom.current().nextDouble());
    Duration wish = result.notBefore();
    return wish != null && wish.compareTo(wait) > 0 ? wish : wait;
  }

  private void takeWhatIsDue() {
    int free = MOST_AT_ONCE - underWay.values().stream().mapToInt(n -> n).sum();
    while (free > 0 && !stopped) {
      List<UUID> busy =
          underWay.entrySet().stream()
              .filter(e -> e.getValue() >= config.atOnce())
              .map(Map.Entry::getKey)
              .toList();
      // No more than one destination may take, since all of them may be its.
      int limit = Math.min(free, config.atOnce());
      List<Delivery> taken = store.take(busy, limit, config.timeout().multipliedBy(2).plus(GRACE));
      taken.forEach(this::send);
      free -= taken.size();
      if (taken.size() < limit) {
        return;
      }
    }
  }

  private void send(Delivery delivery) {
    underWay.merge(delivery.target().destination(), 1, Integer::sum);
    attempt(delivery)
        .whenComplete(
            (result, failure) ->
                arrivals.add(
                    new Arrival(
                        delivery, failure == null ? result : Result.retry(reasonOf(failure)))));
  }

  private CompletionStage<Result> attempt(Delivery delivery) {
    for (Channel channel : channels) {
      if (channel.name().equals(delivery.target().channel())) {
        try {
          return channel.deliver(delivery);
        } catch (RuntimeException failed) {
          return CompletableFuture.failedStage(failed);
        }
      }
    }
    return CompletableFuture.completedStage(Result.failed("no such channel"));
  }

  private static String reasonOf(Throwable failure) {
    ProblemException problem = ProblemException.from(failure);
    return problem.code().code();
  }

  private void lookAtBacklog() {
    if (System.nanoTime() - nextLookAtBacklog >= 0) {
      backlog = store.backlog();
      nextLookAtBacklog = System.nanoTime() + LOOK_AT_BACKLOG.toNanos();
    }
  }

  /** A delivery that has come back, and how. */
  private record Arrival(@Nullable Delivery delivery, Result result) {}
}
