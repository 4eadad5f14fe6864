package dev.cardvault.clients;

import java.time.Duration;
import java.util.OptionalInt;

/** The defaults of {@link ClientsConfig}. */
final class FixedConfig implements ClientsConfig {

  @Override
  public String issuer() {
    return "cardvault";
  }

  @Override
  public String audience() {
    return "cardvault-api";
  }

  @Override
  public Duration tokenLifetime() {
    return Duration.ofMinutes(15);
  }

  @Override
  public Duration clockSkew() {
    return Duration.ofSeconds(30);
  }

  @Override
  public int verifiedTokens() {
    return 100;
  }

  @Override
  public Duration refreshEvery() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration staleAfter() {
    return Duration.ofSeconds(60);
  }

  @Override
  public OptionalInt loginsAtOnce() {
    return OptionalInt.empty();
  }

  @Override
  public int loginsWaiting() {
    return 64;
  }

  @Override
  public int failuresBeforeLockout() {
    return 10;
  }

  @Override
  public Duration lockout() {
    return Duration.ofMinutes(30);
  }
}
