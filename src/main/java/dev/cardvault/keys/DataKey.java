package dev.cardvault.keys;

/**
 * A key the key server has just made.
 *
 * @param bytes the key in the clear, for the caller to close
 * @param wrapped the same key, to store
 */
public record DataKey(KeyBytes bytes, WrappedKey wrapped) {}
