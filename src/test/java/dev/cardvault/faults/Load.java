package dev.cardvault.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask for tokens and cards, each its next call after the last was answered, until they
 * are stopped. Cards come again, so that tokens are shared; calls that fail are tried again with
 * the same idempotency key, as a real client would.
 */
final class Load implements AutoCloseable {

  private static final ScheduledExecutorService PACE =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "load-pace");
            thread.setDaemon(true);
            return thread;
          });

  private final History history;
  private final List<VaultClient> nodes;
  private final long cards;
  private final long seed;
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final AtomicLong names = new AtomicLong();
  private final List<CompletableFuture<Void>> clients = new ArrayList<>();

  private Load(History history, List<VaultClient> nodes, long cards, long seed) {
    this.history = history;
    this.nodes = nodes;
    this.cards = cards;
    this.seed = seed;
  }

  /**
   * Starts {@code count} clients that spread over {@code nodes}.
   *
   * @param cards how many different cards they use
   * @param seed makes the choices of this load its own, and the same again
   */
  static Load start(History history, List<VaultClient> nodes, int count, long cards, long seed) {
    Load load = new Load(history, nodes, cards, seed);
    for (int i = 0; i < count; i++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      load.clients.add(done);
      load.next(new SplittableRandom(seed * 1_000 + i), done);
    }
    return load;
  }

  private void next(SplittableRandom random, CompletableFuture<Void> done) {
    if (stopped.get()) {
      done.complete(null);
      return;
    }
    String name = "load-" + seed + "-" + names.incrementAndGet();
    VaultClient node = nodes.get(random.nextInt(nodes.size()));
    List<Call> tokens = history.tokens();
    CompletableFuture<Call> call =
        tokens.isEmpty() || random.nextInt(5) < 3
            ? history.tokenize(node, Cards.number(seed * 100_000 + random.nextLong(cards)), name)
            : history.detokenize(node, tokens.get(random.nextInt(tokens.size())), name);
    call.thenCompose(c -> retried(c, node))
        .whenComplete((c, failure) -> pace(c, () -> next(random, done)));
  }

  private CompletableFuture<Call> retried(Call call, VaultClient node) {
    if (call.acknowledged() || call.kind() == Call.Kind.DETOKENIZE || stopped.get()) {
      return CompletableFuture.completedFuture(call);
    }
    return history.tokenize(node, call.number(), call.reference());
  }

  // A refused connection comes back at once; a client that hammers on would only warm the machine.
  private static void pace(Call call, Runnable next) {
    if (call != null && call.acknowledged()) {
      next.run();
    } else {
      PACE.schedule(next, 20, TimeUnit.MILLISECONDS);
    }
  }

  /** Lets each client finish its last call. */
  void stop() {
    stopped.set(true);
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
  }

  @Override
  public void close() {
    stop();
  }
}
