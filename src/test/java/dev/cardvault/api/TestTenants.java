package dev.cardvault.api;

import dev.cardvault.access.Caller;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.clients.ClientDraft;
import dev.cardvault.clients.ClientRegistry;
import dev.cardvault.clients.NewSecret;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.KeyRing;
import dev.cardvault.token.TokenFormat;
import dev.cardvault.vault.ProfileDraft;
import dev.cardvault.vault.TokenProfiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Tenants of their own for tests, and clients with their secrets. */
@ApplicationScoped
class TestTenants {

  private final TenantDatabase database;
  private final KeyRing keys;
  private final ClientRegistry clients;
  private final TokenProfiles profiles;
  private final Ids ids;

  TestTenants(
      TenantDatabase database,
      KeyRing keys,
      ClientRegistry clients,
      TokenProfiles profiles,
      Ids ids) {
    this.database = database;
    this.keys = keys;
    this.clients = clients;
    this.profiles = profiles;
    this.ids = ids;
  }

  /** A client's id and secret. */
  record Login(String id, String secret) {}

  /** The owner of a new tenant with a default profile. */
  Caller newTenant() {
    TenantId tenant = new TenantId(ids.next());
    database.inTransaction(
        tenant,
        connection -> {
          try (var insert =
              connection.prepareStatement("INSERT INTO tenant (id, name) VALUES (?, ?)")) {
            insert.setObject(1, tenant.value());
            insert.setString(2, "t-" + tenant.value());
            return insert.executeUpdate();
          }
        });
    keys.create(tenant).toCompletableFuture().join();
    Caller owner = owner(tenant);
    profiles.create(
        owner, new ProfileDraft("default", TokenFormat.LAST4, true, Set.of(), null, null));
    return owner;
  }

  /** A new client of the owner's tenant, who sees whatever its scopes allow. */
  Login newClient(Caller owner, Scope... scopes) {
    Set<Scope> held = Set.of(scopes);
    Set<RevealLevel> levels =
        held.contains(Scope.TOKENS_DETOKENIZE) ? Set.of(RevealLevel.values()) : Set.of();
    NewSecret made =
        clients.create(
            owner,
            new ClientDraft(
                "client-" + ids.next(),
                new ClientPolicy(held, levels, Set.of(), List.of(), null, 0, 0)));
    return new Login(made.client().id(), made.secret().reveal());
  }

  private static Caller owner(TenantId tenant) {
    Set<Scope> scopes = Set.of(Scope.CLIENTS_WRITE);
    return new Caller(
        tenant,
        "cli_owner",
        "owner",
        "crd_owner",
        scopes,
        new ClientPolicy(scopes, Set.of(), Set.of(), List.of(), null, 0, 0),
        "127.0.0.1",
        "test");
  }
}
