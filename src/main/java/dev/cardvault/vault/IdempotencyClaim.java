package dev.cardvault.vault;

/**
 * A request's claim to its idempotency key, as it is stored: nothing of the key or the request can be read from it.
 *
 * @param keyHash SHA-256 of the key
 * @param requestMac keyed hash of what the request says, its PAN included
 */
record IdempotencyClaim(byte[] keyHash, byte[] requestMac) {}
