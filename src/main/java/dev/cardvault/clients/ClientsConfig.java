package dev.cardvault.clients;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** Logins, access tokens, and how quickly a change to a client is felt. */
@ConfigMapping(prefix = "cardvault.clients")
public interface ClientsConfig {

  /** Who issues access tokens: their {@code iss} claim. */
  @WithDefault("cardvault")
  String issuer();

  /** Whom access tokens are for: their {@code aud} claim. */
  @WithDefault("cardvault")
  String audience();

  /** How long an access token is good for; at most an hour. */
  @WithDefault("PT15M")
  Duration tokenLifetime();

  /** How far the clocks of two nodes may disagree about an access token; at most 60 seconds. */
  @WithDefault("PT30S")
  Duration clockSkew();

  /** How many verified access tokens a node remembers. */
  @WithDefault("10000")
  int verifiedTokens();

  /** How often a node looks for changes to clients; at most 4 seconds, so that 5 are kept. */
  @WithDefault("2s")
  Duration refreshEvery();

  /** How old a node's knowledge of its clients may become before it lets nobody in. */
  @WithDefault("PT60S")
  Duration staleAfter();

  /** How many secrets are checked at once; by default half the processors, but 1 to 2. */
  OptionalInt loginsAtOnce();

  /** How many logins may wait for their turn before more of them are turned away. */
  @WithDefault("64")
  int loginsWaiting();

  /** Failed logins before a client is locked out at an address (PCI DSS 8.3.4: at most 10). */
  @WithDefault("10")
  int failuresBeforeLockout();

  /** How long it stays locked out (PCI DSS 8.3.4: at least 30 minutes). */
  @WithDefault("PT30M")
  Duration lockout();
}
