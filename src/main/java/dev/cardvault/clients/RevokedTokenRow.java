package dev.cardvault.clients;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of {@code revoked_access_token}: an access token that was given back. */
@Entity
@Table(name = "revoked_access_token")
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class RevokedTokenRow extends PanacheEntityBase {

  @Id UUID id;

  @Column(name = "tenant_id")
  UUID tenantId;

  @Column(name = "expires_at")
  Instant expiresAt;

  @Column(name = "revoked_at", insertable = false)
  Instant revokedAt;
}
