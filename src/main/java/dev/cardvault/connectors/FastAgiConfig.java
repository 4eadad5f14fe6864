package dev.cardvault.connectors;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Asterisk's FastAGI: a protocol without encryption, which is why it is off, and on this machine
 * alone.
 */
@ConfigMapping(prefix = "cardvault.fastagi")
public interface FastAgiConfig {

  /** Whether Asterisk may connect. */
  @WithDefault("false")
  boolean enabled();

  /**
   * The address to listen on. Anything but this machine's own wants a network of its own, encrypted
   * (PCI DSS 4.2.1).
   */
  @WithDefault("127.0.0.1")
  String host();

  /** The port to listen on; 0 for any. */
  @WithDefault("4573")
  int port();

  /**
   * Says that nobody but Asterisk can listen in between, where {@code host} is not this machine's
   * own: a tunnel, or a network for these two alone.
   */
  @WithDefault("false")
  boolean networkIsPrivate();

  /** How many calls may be connected at once. */
  @WithDefault("500")
  int calls();
}
