package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Stops asking a key server that has not answered several times in a row, and lets one call try it
 * every other second. So a black hole costs nobody's time and fills no queue.
 */
final class BreakingKeyServer implements KeyServer {

  private static final int FAILURES_TO_OPEN = 5;
  private static final long PAUSE = Duration.ofSeconds(2).toNanos();

  private final KeyServer server;
  private final LongSupplier nanoTime;
  private int failures;
  private long nextTry;

  BreakingKeyServer(KeyServer server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    return guarded("make data key", () -> server.makeDataKey(context));
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    return guarded("unwrap", () -> server.unwrap(key));
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    return guarded("rewrap", () -> server.rewrap(tenant, keys));
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    return guarded("create KEK", () -> server.createKek(tenant));
  }

  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    return guarded("rotate KEK", () -> server.rotateKek(tenant));
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    return guarded("read KEK", () -> server.kek(tenant));
  }

  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    return guarded("read log keys", server::logKeys);
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    return guarded("sign log", () -> server.signLog(version, message));
  }

  /** Always asked; an answer of any sort ends the pause. */
  @Override
  public CompletionStage<KeyServerHealth> health() {
    return server
        .health()
        .thenApply(
            health -> {
              if (health != KeyServerHealth.UNAVAILABLE) {
                answered();
              }
              return health;
            });
  }

  private <T> CompletionStage<T> guarded(String operation, Supplier<CompletionStage<T>> call) {
    if (!mayTry()) {
      return CompletableFuture.failedFuture(
          new KeyServerException(KeyServerException.Kind.NOT_TRIED, operation, 0));
    }
    return call.get()
        .whenComplete(
            (value, failure) -> {
              if (failure != null
                  && KeyThreads.causeOf(failure) instanceof KeyServerException refused
                  && refused.kind() == KeyServerException.Kind.UNREACHABLE) {
                notAnswered();
              } else {
                answered();
              }
            });
  }

  private synchronized boolean mayTry() {
    long now = nanoTime.getAsLong();
    if (failures < FAILURES_TO_OPEN) {
      return true;
    }
    if (now - nextTry < 0) {
      return false;
    }
    nextTry = now + PAUSE;
    return true;
  }

  private synchronized void notAnswered() {
    failures++;
    nextTry = nanoTime.getAsLong() + PAUSE;
  }

  private synchronized void answered() {
    failures = 0;
  }
}
