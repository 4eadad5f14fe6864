package dev.cardvault.keys;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A managed key as it may be shown: everything but the key.
 *
 * @param version from 1; of a PAN key always 1
 * @param kekVersion which version of the tenant's KEK wraps it
 * @param active whether it still seals
 * @param node which node made it
 * @param records how many records a PAN key has sealed, as of the last minute; 0 of other keys
 */
public record KeyView(
    UUID id,
    KeyPurpose purpose,
    int version,
    int kekVersion,
    boolean active,
    String node,
    long records,
    Instant createdAt,
    @Nullable Instant retiredAt) {

  static KeyView of(ManagedKey key) {
    return new KeyView(
        key.id(),
        key.purpose(),
        key.version(),
        key.wrapped().kekVersion(),
        key.active(),
        key.node(),
        key.records(),
        key.createdAt(),
        key.retiredAt());
  }
}
