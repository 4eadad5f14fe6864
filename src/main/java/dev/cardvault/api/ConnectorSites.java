package dev.cardvault.api;

import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorsConfig;
import dev.cardvault.connectors.FastAgiConfig;
import jakarta.inject.Singleton;

/** Where platforms find this service. */
@Singleton
final class ConnectorSites {

  private final ConnectorsConfig config;
  private final FastAgiConfig fastAgi;

  ConnectorSites(ConnectorsConfig config, FastAgiConfig fastAgi) {
    this.config = config;
    this.fastAgi = fastAgi;
  }

  /** Where a platform hands over cards. */
  String adapter(Connector connector) {
    return config.publicUrl().replaceAll("/+$", "")
        + "/v1/adapters/"
        + connector.draft().kind().code()
        + "/"
        + connector.publicId();
  }

  /** Where Asterisk connects to. */
  String agi() {
    return "agi://" + fastAgi.host() + ":" + fastAgi.port() + "/capture";
  }
}
