package dev.cardvault.clients;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs logins a few at a time: each costs a processor some 50 ms on purpose, and a flood of them
 * must not keep the node from its other work.
 */
@ApplicationScoped
public class LoginQueue {

  private static final int MOST_AT_ONCE = 2;

  private final ThreadPoolExecutor threads;

  LoginQueue(ClientsConfig config) {
    int processors = Runtime.getRuntime().availableProcessors();
    int atOnce = config.loginsAtOnce().orElse(Math.max(1, Math.min(MOST_AT_ONCE, processors / 2)));
    threads =
        new ThreadPoolExecutor(
            atOnce,
            atOnce,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(config.loginsWaiting()),
            LoginQueue::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * What {@code login} returns, once it had its turn; fails with {@link LoginException} when too
   * many are waiting.
   */
  public <T> CompletionStage<T> run(Supplier<T> login) {
    try {
      return CompletableFuture.supplyAsync(login, threads);
    } catch (RejectedExecutionException full) {
      return CompletableFuture.failedFuture(
          new LoginException(LoginException.Reason.BUSY, Duration.ofSeconds(1)));
    }
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "login");
    thread.setDaemon(true);
    return thread;
  }
}
