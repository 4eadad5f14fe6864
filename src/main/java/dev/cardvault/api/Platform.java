package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.connectors.CardRule;
import dev.cardvault.connectors.Connector;
import io.vertx.ext.web.RoutingContext;

/**
 * The telephony platform that makes the request being answered; {@link ConnectorFilter} says so
 * before any resource.
 *
 * @param connector what it is set up as
 * @param caller who asks when it hands over a card
 */
record Platform(Connector connector, Caller caller) {

  private static final String KEY = "cardvault.platform";

  static Platform of(RoutingContext routing) {
    Platform platform = routing.get(KEY);
    if (platform == null) {
      throw new IllegalStateException("Only a platform gets here");
    }
    return platform;
  }

  void enter(RoutingContext routing) {
    routing.put(KEY, this);
  }

  /** The card numbers it may hand over. */
  CardReader cards() {
    return new CardRule(connector.draft())::read;
  }
}
