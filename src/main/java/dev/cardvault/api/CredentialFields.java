package dev.cardvault.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A credential as an administrator wants it.
 *
 * @param expiresAt when it ends; absent means not by itself
 */
@MayBeLeftOut
record CredentialFields(@Nullable String expiresAt) {

  @Nullable Instant checked() {
    return Fields.instant(expiresAt, "/expires_at");
  }
}
