package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Times and traces every call, retries included, by operation and outcome ({@code ok}, or the kind
 * of failure). No label names a tenant or a key.
 */
final class MeteredKeyServer implements KeyServer {

  private static final String NAME = "cardvault.key.server";

  private final KeyServer server;
  private final MeterRegistry meters;
  private final Traces traces;

  MeteredKeyServer(KeyServer server, MeterRegistry meters, Traces traces) {
    this.server = server;
    this.meters = meters;
    this.traces = traces;
  }

  @Override
  public CompletionStage<DataKey> makeDataKey(KeyContext context) {
    return timed("make_data_key", () -> server.makeDataKey(context));
  }

  @Override
  public CompletionStage<KeyBytes> unwrap(BoundKey key) {
    return timed("unwrap", () -> server.unwrap(key));
  }

  @Override
  public CompletionStage<List<Optional<WrappedKey>>> rewrap(TenantId tenant, List<BoundKey> keys) {
    return timed("rewrap", () -> server.rewrap(tenant, keys));
  }

  @Override
  public CompletionStage<Void> createKek(TenantId tenant) {
    return timed("create_kek", () -> server.createKek(tenant));
  }

  @Override
  public CompletionStage<Void> rotateKek(TenantId tenant) {
    return timed("rotate_kek", () -> server.rotateKek(tenant));
  }

  @Override
  public CompletionStage<Kek> kek(TenantId tenant) {
    return timed("read_kek", () -> server.kek(tenant));
  }

  @Override
  public CompletionStage<List<LogKey>> logKeys() {
    return timed("read_log_keys", server::logKeys);
  }

  @Override
  public CompletionStage<byte[]> signLog(int version, byte[] message) {
    return timed("sign_log", () -> server.signLog(version, message));
  }

  @Override
  public CompletionStage<KeyServerHealth> health() {
    Timer.Sample sample = Timer.start(meters);
    return server
        .health()
        .whenComplete(
            (health, failure) ->
                stop(sample, "health", String.valueOf(health).toLowerCase(Locale.ROOT)));
  }

  private <T> CompletionStage<T> timed(String operation, Supplier<CompletionStage<T>> call) {
    Timer.Sample sample = Timer.start(meters);
    Span span = traces.beginCall("key server " + operation);
    return call.get()
        .whenComplete(
            (value, failure) -> {
              String outcome = outcome(failure).toLowerCase(Locale.ROOT);
              stop(sample, operation, outcome);
              span.setAttribute(Traces.OUTCOME, outcome).end();
            });
  }

  private void stop(Timer.Sample sample, String operation, String outcome) {
    sample.stop(
        Timer.builder(NAME)
            .description("Calls to the key server")
            .tag("operation", operation)
            .tag("outcome", outcome)
            .publishPercentileHistogram(false)
            .register(meters));
  }

  private static String outcome(Throwable failure) {
    if (failure == null) {
      return "ok";
    }
    return KeyThreads.causeOf(failure) instanceof KeyServerException refused
        ? refused.kind().name()
        : "fault";
  }
}
