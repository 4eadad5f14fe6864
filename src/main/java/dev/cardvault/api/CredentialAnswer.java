package dev.cardvault.api;

import dev.cardvault.clients.Credential;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A credential, without its secret. */
record CredentialAnswer(
    String id,
    String object,
    String status,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant revokedAt) {

  static CredentialAnswer of(Credential credential, Instant now) {
    return new CredentialAnswer(
        credential.id(),
        "credential",
        credential.statusAt(now),
        credential.createdAt(),
        credential.expiresAt(),
        credential.revokedAt());
  }
}
