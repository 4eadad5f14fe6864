package dev.cardvault.api;

import dev.cardvault.clients.Credential;
import dev.cardvault.clients.NewSecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A credential that was just made, with its secret. */
record NewSecretAnswer(
    String id,
    String object,
    Instant createdAt,
    @Nullable Instant expiresAt,
    String clientId,
    String clientSecret) {

  static NewSecretAnswer of(NewSecret made) {
    Credential credential = made.credential();
    return new NewSecretAnswer(
        credential.id(),
        "credential",
        credential.createdAt(),
        credential.expiresAt(),
        made.client().id(),
        made.secret().reveal());
  }

  @Override
  public String toString() {
    return "NewSecretAnswer[redacted]";
  }
}
