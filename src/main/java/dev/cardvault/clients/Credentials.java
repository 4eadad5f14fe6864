package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.keys.SecretHasher;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes credentials and ends them, on rows that somebody else stores. */
@ApplicationScoped
class Credentials {

  private static final int MOST = 5;

  private final SecretHasher hasher;
  private final SecureRandom random;
  private final Ids ids;

  Credentials(SecretHasher hasher, SecureRandom random, Ids ids) {
    this.hasher = hasher;
    this.random = random;
    this.ids = ids;
  }

  /** A new credential that belongs to nobody yet. */
  Drawn draw(TenantId tenant, @Nullable Instant expiresAt) {
    UUID number = ids.next();
    ClientSecret secret = ClientSecret.draw(number, random);
    CredentialRow row = new CredentialRow();
    row.id = Credential.PREFIX + number;
    row.tenantId = tenant.value();
    row.secretHash = hasher.hash(secret.bytes());
    row.createdAt = ids.now();
    row.expiresAt = expiresAt;
    return new Drawn(row, secret);
  }

  /**
   * Gives {@code drawn} to {@code client}.
   *
   * @throws ProblemException {@code state-conflict} when it has five good ones already
   */
  void give(Drawn drawn, ClientRow client) {
    Instant now = ids.now();
    if (client.credentials.stream().filter(c -> c.isGoodAt(now)).count() >= MOST) {
      throw ProblemException.of(
          ProblemCode.STATE_CONFLICT, "A client has at most " + MOST + " good credentials");
    }
    drawn.row().client = client;
    client.credentials.add(drawn.row());
  }

  /** Ends those credentials of {@code client} that would last longer, at {@code end}. */
  void endAll(ClientRow client, Instant end) {
    client.credentials.stream()
        .filter(credential -> credential.end().isAfter(end))
        .forEach(credential -> credential.expiresAt = end);
  }

  /**
   * Revokes one credential of {@code client}; again does nothing.
   *
   * @throws ProblemException {@code not-found} when it has none of that id
   */
  void revoke(ClientRow client, String credentialId) {
    CredentialRow row =
        client.credentials.stream()
            .filter(credential -> credential.id.equals(credentialId))
            .findFirst()
            .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
    if (row.revokedAt == null) {
      row.revokedAt = ids.now();
    }
  }

  /**
   * A credential and the secret it keeps only the hash of.
   *
   * @param row what to store
   * @param secret what to hand over
   */
  record Drawn(CredentialRow row, ClientSecret secret) {}
}
