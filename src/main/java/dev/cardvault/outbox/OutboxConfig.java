package dev.cardvault.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How messages are delivered to webhooks, and where they may go. */
@ConfigMapping(prefix = "cardvault.outbox")
public interface OutboxConfig {

  /** How often a node looks for messages that are due. */
  @WithDefault("500ms")
  Duration poll();

  /** How long one delivery may take. */
  @WithDefault("10s")
  Duration timeout();

  /** How long after a first failure it is tried again; the wait doubles each time. */
  @WithDefault("1s")
  Duration firstWait();

  /** How long the wait may become. */
  @WithDefault("15m")
  Duration longestWait();

  /** How many deliveries a node has under way to one destination. */
  @WithDefault("4")
  int atOnce();

  /** How long a message is kept after it was delivered or given up. */
  @WithDefault("7d")
  Duration kept();

  /**
   * The hosts that messages may go to, like {@code hooks.example.com} or {@code *.example.com}; any
   * when there are none.
   */
  Optional<List<String>> hosts();

  /**
   * The networks that messages may go to although they are private, loopback, link-local or
   * otherwise not of the public internet, like {@code 10.1.2.0/24}.
   */
  Optional<List<String>> networks();

  /** Whether a webhook may be plain {@code http}; refused in production. */
  @WithDefault("false")
  boolean plainHttp();

  /** A PEM file of certificate authorities that vouch for receivers; by default the JDK's. */
  Optional<Path> trust();
}
