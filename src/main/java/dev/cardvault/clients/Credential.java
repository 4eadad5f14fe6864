package dev.cardvault.clients;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One of a client's credentials, without its secret.
 *
 * @param id {@code cred_} and a UUID
 * @param createdAt when it was made
 * @param expiresAt when it ends; {@code null} when that is not set
 * @param revokedAt when it was revoked; {@code null} when it was not
 */
public record Credential(
    String id, Instant createdAt, @Nullable Instant expiresAt, @Nullable Instant revokedAt) {

  static final String PREFIX = "cred_";

  /** {@code active}, {@code expired} or {@code revoked}, at {@code now}. */
  public String statusAt(Instant now) {
    if (revokedAt != null) {
      return "revoked";
    }
    return expiresAt == null || now.isBefore(expiresAt) ? "active" : "expired";
  }
}
