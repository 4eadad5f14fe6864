package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Opened keys without a key server. */
final class TestKeys {

  static final TenantId TENANT =
      new TenantId(UUID.fromString("00000000-0000-7000-8000-000000000001"));

  private TestKeys() {}

  /** An opened key of {@link #TENANT} that owns {@code bytes}. */
  static OpenKey opened(KeyPurpose purpose, byte[] bytes) {
    ManagedKey row =
        new ManagedKey(
            UUID.fromString("00000000-0000-7000-8000-000000000002"),
            TENANT,
            purpose,
            1,
            new WrappedKey("none", 1),
            new byte[8],
            true,
            "node",
            0,
            Instant.EPOCH,
            null);
    return new OpenKey(row, KeyBytes.takeOwnershipOf(bytes), new SecureRandom());
  }
}
