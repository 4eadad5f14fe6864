package dev.cardvault.api;

import dev.cardvault.connectors.Connector;
import dev.cardvault.connectors.ConnectorKind;
import dev.cardvault.connectors.ConnectorSecret;
import dev.cardvault.connectors.PayVendor;
import org.jspecify.annotations.Nullable;

/**
 * What a platform's administrator enters there. The secret is shown when it is made, and never
 * again.
 *
 * @param url where the platform posts to; {@code null} where it does not
 * @param username the name for HTTP Basic
 * @param password the secret for HTTP Basic
 * @param bearer the same secret, for platforms that show it as a bearer token
 * @param agi the address for Asterisk's {@code AGI()}, up to its arguments
 * @param agiArgument the argument of {@code AGI()} with which the connector opens a capture by
 *     itself
 */
record ConnectorSetup(
    @Nullable String url,
    @Nullable String username,
    @Nullable String password,
    @Nullable String bearer,
    @Nullable String agi,
    @Nullable String agiArgument) {

  static ConnectorSetup of(
      Connector connector, ConnectorSites sites, @Nullable ConnectorSecret secret) {
    String shown = secret == null ? null : secret.reveal();
    if (connector.draft().kind() == ConnectorKind.FASTAGI) {
      String argument = connector.publicId() + ":" + shown;
      return new ConnectorSetup(
          null,
          null,
          null,
          null,
          sites.agi(),
          shown == null || !connector.draft().opensCaptures() ? null : argument);
    }
    String url = sites.adapter(connector);
    if (connector.draft().vendor() == PayVendor.SIGNALWIRE && shown != null) {
      return new ConnectorSetup(url + "/" + shown, connector.username(), shown, shown, null, null);
    }
    return new ConnectorSetup(url, connector.username(), shown, shown, null, null);
  }

  @Override
  public String toString() {
    return "ConnectorSetup[redacted]";
  }
}
