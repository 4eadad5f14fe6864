package dev.cardvault.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much the writers to the database take on. */
@ConfigMapping(prefix = "cardvault.database")
public interface DatabaseSettings {

  /** Requests that may wait for one writer; more are answered 503 {@code overloaded} at once. */
  @WithDefault("4096")
  int queued();

  /** Requests that share one transaction at the most. */
  @WithDefault("256")
  int together();

  /** How long a request may take at a writer before it is answered 503. */
  @WithDefault("5s")
  Duration deadline();
}
