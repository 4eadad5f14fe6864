package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A key server whose health is set by the test, over another that does the work. */
final class FakeKeyServer implements KeyServer {

  final AtomicInteger made = new AtomicInteger();
  final AtomicInteger unwrapped = new AtomicInteger();
  volatile KeyServerHealth health = KeyServerHealth.OK;
  volatile KeyServerException.Kind failing = KeyServerException.Kind.SEALED;
  volatile CompletionStage<Void> gate = CompletableFuture.completedStage(null);
  private final KeyServer server;

  FakeKeyServer(KeyServer server) {
    this.server = server;
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    made.incrementAndGet();
    return asked(() -> server.makeDataKey(context));
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    unwrapped.incrementAndGet();
    return asked(() -> server.unwrap(key));
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    return asked(() -> server.rewrap(tenant, keys));
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    return asked(() -> server.createKek(tenant));
  }

  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    return asked(() -> server.rotateKek(tenant));
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    return asked(() -> server.kek(tenant));
  }

  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    return asked(server::logKeys);
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    return asked(() -> server.signLog(version, message));
  }

  @Override
  public CompletionStage<KeyServerHealth> health() {
    return CompletableFuture.completedStage(health);
  }

  /** Fails every call with {@code kind}, and tells {@code now} as its health. */
  void fail(KeyServerHealth now, KeyServerException.Kind kind) {
    failing = kind;
    health = now;
  }

  private <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> call) {
    return health == KeyServerHealth.OK
        ? gate.thenCompose(open -> call.get())
        : CompletableFuture.failedStage(new KeyServerException(failing, "fake", 0));
  }
}
