package dev.cardvault.clients;

import dev.cardvault.access.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads clients of all tenants, as a login and the directory need them. */
@ApplicationScoped
class DirectoryStore {

  private static final Logger LOG = Logger.getLogger(DirectoryStore.class);

  private final Session hibernate;
  private final TenantSession session;

  DirectoryStore(Session hibernate, TenantSession session) {
    this.hibernate = hibernate;
    this.session = session;
  }

  /** What changed since {@code since}, by the database's clock. */
  @Transactional
  Changes changedSince(Instant since) {
    session.enterForLogin();
    Instant asOf =
        hibernate.createNativeQuery("SELECT clock_timestamp()", Instant.class).getSingleResult();
    List<ClientState> readable = new ArrayList<>();
    Set<String> unreadable = new HashSet<>();
    List<ClientRow> rows =
        hibernate
            .createQuery(
                "FROM ClientRow c LEFT JOIN FETCH c.credentials WHERE c.changedAt >= :since",
                ClientRow.class)
            .setParameter("since", since)
            .getResultList();
    for (ClientRow row : rows) {
      try {
        readable.add(stateOf(row));
      } catch (IllegalArgumentException e) {
        LOG.errorf("Client %s has a policy this version cannot read; it is let do nothing", row.id);
        unreadable.add(row.id);
      }
    }
    return new Changes(asOf, readable, unreadable, suspendedTenants(), revokedTokens(since));
  }

  /** The client of that id and the hash of its credential, if it has such a good one. */
  @Transactional
  @Nullable Login findLogin(String clientId, String credentialId, Instant now) {
    session.enterForLogin();
    ClientRow row = ClientRow.findById(clientId);
    if (row == null) {
      return null;
    }
    ClientState client = stateOf(row);
    boolean suspended = client.suspended() || suspendedTenants().contains(client.tenant());
    return row.credentials.stream()
        .filter(credential -> credential.id.equals(credentialId) && credential.isGoodAt(now))
        .map(credential -> new Login(client, suspended, credential.secretHash))
        .findFirst()
        .orElse(new Login(client, suspended, null));
  }

  private Set<TenantId> suspendedTenants() {
    return hibernate
        .createNativeQuery("SELECT id FROM tenant WHERE status <> 'active'", UUID.class)
        .getResultStream()
        .map(TenantId::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<UUID, Instant> revokedTokens(Instant since) {
    Map<UUID, Instant> revoked = new HashMap<>();
    RevokedTokenRow.<RevokedTokenRow>find("revokedAt >= ?1", since).stream()
        .forEach(row -> revoked.put(row.id, row.expiresAt));
    return revoked;
  }

  private static ClientState stateOf(ClientRow row) {
    Map<String, Instant> credentials = new HashMap<>();
    for (CredentialRow credential : row.credentials) {
      if (credential.revokedAt == null) {
        credentials.put(credential.id, credential.end());
      }
    }
    return new ClientState(
        new TenantId(row.tenantId),
        row.id,
        row.name,
        row.status.equals(ClientRow.SUSPENDED),
        Policies.read(row),
        credentials);
  }

  /**
   * What is new.
   *
   * @param asOf the database's time when it was read
   * @param clients the clients that changed
   * @param unreadable the ids of those that changed into something unknown
   * @param suspendedTenants the tenants, new or not, whose clients may do nothing
   * @param revokedTokens the ids of access tokens that were given back, and when each ends
   */
  record Changes(
      Instant asOf,
      List<ClientState> clients,
      Set<String> unreadable,
      Set<TenantId> suspendedTenants,
      Map<UUID, Instant> revokedTokens) {}

  /**
   * What a login is checked against.
   *
   * @param client who claims to log in
   * @param suspended whether it, or its tenant, may do nothing for now
   * @param secretHash the hash of the credential named; {@code null} when there is no such good one
   */
  record Login(ClientState client, boolean suspended, @Nullable String secretHash) {

    @Override
    public String toString() {
      return "Login[" + client.id() + "]";
    }
  }
}
