package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.trace.Traces;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The few threads on which keys are read from the database, and the one that keeps time. They are
 * this package's own: the kill switch works while everybody else's are busy.
 */
@ApplicationScoped
class KeyThreads {

  private static final int THREADS = 4;
  private static final int MOST_WAITING = 1_000;

  private final ThreadPoolExecutor blocking =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          named("cardvault-keys-"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(named("cardvault-keys-timer-"));

  private final Traces traces;

  KeyThreads() {
    this(Traces.off());
  }

  @Inject
  KeyThreads(Traces traces) {
    this.traces = traces;
    blocking.allowCoreThreadTimeOut(true);
  }

  /**
   * Does blocking {@code work} off the caller's thread. Fails with {@code overloaded} when too much
   * is waiting.
   */
  <T> CompletionStage<T> blocking(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(traces.carried(work), blocking);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(ProblemException.of(ProblemCode.OVERLOADED));
    }
  }

  /** Runs what is due; never anything that blocks. */
  ScheduledExecutorService timer() {
    return timer;
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
    blocking.shutdownNow();
  }

  /** What went wrong, without the wrapping a stage puts round it. */
  static Throwable causeOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
