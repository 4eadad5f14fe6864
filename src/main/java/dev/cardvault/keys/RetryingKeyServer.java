package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Asks again, at most twice and within one deadline, when the key server was busy, had a fault or
 * could not be reached. The pauses differ by chance, so that nodes do not ask in step.
 */
final class RetryingKeyServer implements KeyServer {

  private static final int MOST_RETRIES = 2;
  private static final long FIRST_PAUSE_MILLIS = 100;

  private final KeyServer server;
  private final Duration deadline;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;

  RetryingKeyServer(
      KeyServer server, Duration deadline, ScheduledExecutorService timer, LongSupplier nanoTime) {
    this.server = server;
    this.deadline = deadline;
    this.timer = timer;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    return retrying("make data key", () -> server.makeDataKey(context));
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    return retrying("unwrap", () -> server.unwrap(key));
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    return retrying("rewrap", () -> server.rewrap(tenant, keys));
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    return retrying("create KEK", () -> server.createKek(tenant));
  }

  /** Not asked again: the first time may have worked, and each time adds a version. */
  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    return server.rotateKek(tenant);
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    return retrying("read KEK", () -> server.kek(tenant));
  }

  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    return retrying("read log keys", server::logKeys);
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    return retrying("sign log", () -> server.signLog(version, message));
  }

  /** Not asked again: it is asked all the time. */
  @Override
  public CompletionStage<KeyServerHealth> health() {
    return server.health();
  }

  private <T> CompletionStage<T> retrying(String operation, Supplier<CompletionStage<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    attempt(call, answer, 0, nanoTime.getAsLong() + deadline.toNanos());
    return answer
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedFuture(
                    failure instanceof TimeoutException
                        ? new KeyServerException(KeyServerException.Kind.UNREACHABLE, operation, 0)
                        : failure));
  }

  private <T> void attempt(
      Supplier<CompletionStage<T>> call, CompletableFuture<T> answer, int retries, long end) {
    call.get()
        .whenComplete(
            (value, failure) -> {
              if (failure == null) {
                if (!answer.complete(value) && value instanceof DataKey late) {
                  late.bytes().close();
                }
                return;
              }
              long pause = pauseMillis(retries);
              if (retries < MOST_RETRIES && isWorthIt(failure) && isBefore(pause, end)) {
                timer.schedule(
                    () -> attempt(call, answer, retries + 1, end), pause, TimeUnit.MILLISECONDS);
              } else {
                answer.completeExceptionally(KeyThreads.causeOf(failure));
              }
            });
  }

  private boolean isBefore(long pauseMillis, long end) {
    return nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(pauseMillis) - end < 0;
  }

  private static boolean isWorthIt(Throwable failure) {
    return KeyThreads.causeOf(failure) instanceof KeyServerException refused
        && refused.kind().retryable();
  }

  // 50 to 150 ms, then 100 to 300 ms. Not a secret, so no SecureRandom.
  private static long pauseMillis(int retries) {
    long base = FIRST_PAUSE_MILLIS << retries;
    return base / 2 + new SplittableRandom().nextLong(base);
  }
}
