package dev.cardvault.clients;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code client_credential}: of the secret, it holds a hash. */
@Entity
@Table(name = "client_credential")
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class CredentialRow extends PanacheEntityBase {

  @Id String id;

  @Column(name = "tenant_id", updatable = false)
  UUID tenantId;

  @ManyToOne(fetch = FetchType.LAZY, optional = false)
  @JoinColumn(name = "client_id", updatable = false)
  ClientRow client;

  @Column(name = "secret_hash", updatable = false)
  String secretHash;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "expires_at")
  @Nullable Instant expiresAt;

  @Column(name = "revoked_at")
  @Nullable Instant revokedAt;

  /** When it ends; {@link Instant#MAX} when that is not set. */
  Instant end() {
    return expiresAt == null ? Instant.MAX : expiresAt;
  }

  boolean isGoodAt(Instant now) {
    return revokedAt == null && now.isBefore(end());
  }
}
