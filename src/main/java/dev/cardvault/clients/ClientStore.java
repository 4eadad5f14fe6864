package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads and changes the clients of one tenant, each change together with its audit event. */
@ApplicationScoped
class ClientStore {

  private final EntityManager entities;
  private final TenantSession session;

  ClientStore(EntityManager entities, TenantSession session) {
    this.entities = entities;
    this.session = session;
  }

  /** Adds {@code row} and its credentials. */
  @Transactional
  Client add(ClientRow row, AuditEvent event) {
    session.enter(new TenantId(row.tenantId));
    row.persist();
    session.append(List.of(event));
    return viewOf(row);
  }

  /** The client of that id. */
  @Transactional
  Client find(TenantId tenant, String id, AuditEvent event) {
    session.enter(tenant);
    Client found = viewOf(ofId(tenant, id, LockModeType.NONE));
    session.append(List.of(event));
    return found;
  }

  /** Up to {@code limit} clients after the one of id {@code after}, in the order of their ids. */
  @Transactional
  List<Client> list(TenantId tenant, @Nullable String after, int limit, AuditEvent event) {
    session.enter(tenant);
    List<Client> found =
        ClientRow.<ClientRow>find(
                "tenantId = ?1 AND id > ?2 ORDER BY id", tenant.value(), after == null ? "" : after)
            .page(0, limit)
            .stream()
            .map(ClientStore::viewOf)
            .toList();
    session.append(List.of(event));
    return found;
  }

  /** Applies {@code change} to the client of that id, one change at a time. */
  @Transactional
  Client change(TenantId tenant, String id, Consumer<ClientRow> change, AuditEvent event) {
    session.enter(tenant);
    ClientRow row = ofId(tenant, id, LockModeType.PESSIMISTIC_WRITE);
    change.accept(row);
    session.append(List.of(event));
    return viewOf(row);
  }

  /** Remembers until {@code end} that the access token of that id was given back. */
  @Transactional
  void revokeToken(TenantId tenant, UUID id, Instant end, AuditEvent event) {
    session.enter(tenant);
    if (RevokedTokenRow.findById(id) == null) {
      RevokedTokenRow row = new RevokedTokenRow();
      row.id = id;
      row.tenantId = tenant.value();
      row.expiresAt = end;
      row.persist();
      session.append(List.of(event));
    }
  }

  private ClientRow ofId(TenantId tenant, String id, LockModeType lock) {
    ClientRow row = entities.find(ClientRow.class, id, lock);
    if (row == null || !row.tenantId.equals(tenant.value())) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    return row;
  }

  static Client viewOf(ClientRow row) {
    List<Credential> credentials =
        row.credentials.stream()
            .map(c -> new Credential(c.id, c.createdAt, c.expiresAt, c.revokedAt))
            .toList();
    return new Client(
        row.id,
        row.name,
        row.status.equals(ClientRow.SUSPENDED),
        Policies.read(row),
        credentials,
        row.statusReason,
        row.createdAt,
        row.createdBy);
  }
}
