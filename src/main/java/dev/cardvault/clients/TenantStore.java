package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** Stores tenants, each with all that it needs to begin. */
@ApplicationScoped
class TenantStore {

  static final String DEFAULT_PROFILE = "default";

  private final Session hibernate;
  private final TenantSession session;

  TenantStore(Session hibernate, TenantSession session) {
    this.hibernate = hibernate;
    this.session = session;
  }

  /** Whether there is a tenant of that name. */
  @Transactional
  boolean exists(String name) {
    return hibernate
        .createNativeQuery("SELECT EXISTS (SELECT FROM tenant WHERE name = ?1)", Boolean.class)
        .setParameter(1, name)
        .getSingleResult();
  }

  /** Adds a tenant, its default token profile and its clients. */
  @Transactional
  TenantId add(
      TenantId tenant,
      String name,
      UUID profile,
      Instant now,
      Collection<ClientRow> clients,
      List<AuditEvent> events) {
    session.enter(tenant);
    hibernate
        .createNativeMutationQuery("INSERT INTO tenant (id, name, created_at) VALUES (?1, ?2, ?3)")
        .setParameter(1, tenant.value())
        .setParameter(2, name)
        .setParameter(3, now)
        .executeUpdate();
    hibernate
        .createNativeMutationQuery(
            """
            INSERT INTO token_profile (id, tenant_id, name, format, reuse, created_at, created_by, changed_at)
            VALUES (?1, ?2, ?3, 'last4', true, ?4, ?5, ?4)
            """)
        .setParameter(1, profile)
        .setParameter(2, tenant.value())
        .setParameter(3, DEFAULT_PROFILE)
        .setParameter(4, now)
        .setParameter(5, FirstTenant.ACTOR)
        .executeUpdate();
    clients.forEach(client -> client.persist());
    session.append(events);
    return tenant;
  }
}
