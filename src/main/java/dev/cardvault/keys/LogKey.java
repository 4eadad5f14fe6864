package dev.cardvault.keys;

import java.time.Instant;

/**
 * The public half of one version of the key that signs the audit log's checkpoints.
 *
 * @param version from 1
 * @param publicKey Ed25519, 32 bytes (RFC 8032)
 * @param createdAt when the key server made it
 */
@SuppressWarnings("ArrayRecordComponent")
public record LogKey(int version, byte[] publicKey, Instant createdAt) {}
