package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as the database knows it: wrapped.
 *
 * @param version from 1; always 1 of a PAN key
 * @param checkValue tells whether an unwrapped key is this one
 * @param active whether new data may be sealed with it
 * @param node which node made it
 * @param records how many records a PAN key has sealed, as of the last minute
 */
// checkValue is bytes, which records compare by reference; rows are never compared.
@SuppressWarnings("ArrayRecordComponent")
record ManagedKey(
    UUID id,
    TenantId tenant,
    KeyPurpose purpose,
    int version,
    WrappedKey wrapped,
    byte[] checkValue,
    boolean active,
    String node,
    long records,
    Instant createdAt,
    @Nullable Instant retiredAt) {

  BoundKey bound() {
    return new BoundKey(new KeyContext(purpose, tenant, id), wrapped);
  }
}
