package dev.cardvault.api;

import dev.cardvault.connectors.Connector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All connectors of a tenant; there are few enough for one page.
 *
 * @param data the connectors, oldest first
 * @param nextCursor always {@code null}
 * @param hasMore always false
 */
record ConnectorsAnswer(List<ConnectorAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static ConnectorsAnswer of(List<Connector> connectors, ConnectorSites sites) {
    return new ConnectorsAnswer(
        connectors.stream().map(connector -> ConnectorAnswer.of(connector, sites)).toList(),
        null,
        false);
  }
}
