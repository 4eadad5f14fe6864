package dev.cardvault.sessions;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How captures are held. */
@ConfigMapping(prefix = "cardvault.sessions")
public interface SessionsConfig {

  /** The most captures that may be open on this node; more are answered 503 {@code overloaded}. */
  @WithDefault("2000")
  int open();

  /**
   * How long a node that has fallen silent is believed to hold its captures. After that they are
   * lost, and told so, within 3 s. It renews them every third of this time.
   */
  @WithDefault("9s")
  Duration lease();

  /**
   * Where other nodes reach this one, like {@code https://10.0.0.7:8443}. A request for a capture
   * that reaches another node is passed on to there. Without it, whoever spreads requests over
   * several nodes has to send those of one capture to one node.
   */
  Optional<URI> nodeAddress();

  /**
   * Which pages may put the agent's page into a frame: the sources of {@code frame-ancestors} (CSP
   * level 3), like {@code https://desktop.example.com}. By default none may.
   */
  @WithDefault("'none'")
  String frameAncestors();
}
