package dev.cardvault.connectors;

/**
 * A connector whose secret was just made; it is shown now or never.
 *
 * @param connector the connector
 * @param secret its secret
 */
public record NewConnector(Connector connector, ConnectorSecret secret) {}
