package dev.cardvault.keys;

import java.time.Instant;
import java.util.SortedMap;

/**
 * A tenant's key-encryption key, which never leaves the key server.
 *
 * @param latest the version that wraps new keys
 * @param versions when each version that is there was made
 */
public record Kek(int latest, SortedMap<Integer, Instant> versions) {}
