package dev.cardvault.outbox;

import dev.cardvault.keys.WebhookSecret;

/**
 * A destination with a new secret.
 *
 * @param destination the destination
 * @param secret what its messages are signed with
 */
public record NewDestination(Destination destination, WebhookSecret secret) {}
