package dev.cardvault.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Where time and randomness come from, for whoever has them injected. */
final class TimeAndChance {

  private TimeAndChance() {}

  @Produces
  @Singleton
  static Clock clock() {
    return Clock.systemUTC();
  }

  // Made when the service runs, never while it is built: a native image would freeze its seed.
  // No proxy stands before it, since some of its methods are final.
  @Produces
  @Singleton
  static SecureRandom random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  static Node node() {
    return new Node(UUID.randomUUID().toString());
  }
}
