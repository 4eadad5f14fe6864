package dev.cardvault.outbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings for a guard or a channel by itself. */
record TestOutboxConfig(
    List<String> allowedHosts,
    List<String> allowedNetworks,
    boolean plainHttp,
    @Nullable Path authority)
    implements OutboxConfig {

  static TestOutboxConfig strict() {
    return new TestOutboxConfig(List.of(), List.of(), false, null);
  }

  @Override
  public Duration poll() {
    return Duration.ofMillis(50);
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration firstWait() {
    return Duration.ofMillis(100);
  }

  @Override
  public Duration longestWait() {
    return Duration.ofSeconds(1);
  }

  @Override
  public int atOnce() {
    return 4;
  }

  @Override
  public Duration kept() {
    return Duration.ofDays(1);
  }

  @Override
  public Optional<List<String>> hosts() {
    return Optional.of(allowedHosts).filter(list -> !list.isEmpty());
  }

  @Override
  public Optional<List<String>> networks() {
    return Optional.of(allowedNetworks).filter(list -> !list.isEmpty());
  }

  @Override
  public Optional<Path> trust() {
    return Optional.ofNullable(authority);
  }
}
