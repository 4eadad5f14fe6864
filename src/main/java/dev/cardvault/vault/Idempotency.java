package dev.cardvault.vault;

/**
 * Makes a repeated request answer as the first did (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param key what the caller named the request, 1 to 255 characters
 * @param fingerprint what the request says, so that another one under the same key is told apart;
 *     without its PAN, which is added as its keyed hash
 */
public record Idempotency(String key, byte[] fingerprint) {}
