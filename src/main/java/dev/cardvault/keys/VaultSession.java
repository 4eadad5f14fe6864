package dev.cardvault.keys;

import io.quarkus.vault.client.VaultClient;
import java.time.Duration;

/**
 * A client that is logged in to Vault.
 *
 * @param client sends its token with each call, and never logs in by itself
 * @param lease how long the token lives unless renewed; zero when for ever
 * @param renewable whether it can be renewed
 * @param since the nanoseconds when it was logged in
 */
record VaultSession(VaultClient client, Duration lease, boolean renewable, long since) {}
