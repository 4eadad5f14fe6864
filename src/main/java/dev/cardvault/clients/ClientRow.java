package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code client}; the database dates its changes. */
@Entity
@Table(name = "client")
@SuppressWarnings("NullAway.Init") // Hibernate fills it in.
class ClientRow extends PanacheEntityBase {

  static final String ACTIVE = "active";
  static final String SUSPENDED = "suspended";

  @Id String id;

  @Column(name = "tenant_id", updatable = false)
  UUID tenantId;

  String name;
  String status;

  @Column(name = "status_reason")
  @Nullable String statusReason;

  String[] scopes;

  @Column(name = "reveal_levels")
  String[] revealLevels;

  String[] purposes;
  String[] networks;

  @Column(name = "hours_from")
  @Nullable LocalTime hoursFrom;

  @Column(name = "hours_to")
  @Nullable LocalTime hoursTo;

  @Column(name = "hours_zone")
  @Nullable String hoursZone;

  @Column(name = "requests_per_second")
  int requestsPerSecond;

  @Column(name = "reveals_per_day")
  int revealsPerDay;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "created_by", updatable = false)
  String createdBy;

  @Column(name = "changed_at", insertable = false, updatable = false)
  Instant changedAt;

  @OneToMany(mappedBy = "client", fetch = FetchType.LAZY, cascade = CascadeType.PERSIST)
  @OrderBy("createdAt, id")
  List<CredentialRow> credentials = new ArrayList<>();

  /** A new client as {@code draft} says, without a credential yet. */
  static ClientRow of(String id, TenantId tenant, ClientDraft draft, Instant now, String creator) {
    ClientRow row = new ClientRow();
    row.id = id;
    row.tenantId = tenant.value();
    row.name = draft.name();
    row.status = ACTIVE;
    Policies.write(draft.policy(), row);
    row.createdAt = now;
    row.createdBy = creator;
    return row;
  }
}
