package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.Scope;
import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.keys.KeyServer;
import dev.cardvault.token.TokenFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants of their own for tests, and a look behind the vault's back. */
@ApplicationScoped
class VaultFixture {

  private final TenantDatabase database;
  private final KeyServer keyServer;
  private final ProfileStore profiles;
  private final Ids ids;

  VaultFixture(TenantDatabase database, KeyServer keyServer, ProfileStore profiles, Ids ids) {
    this.database = database;
    this.keyServer = keyServer;
    this.profiles = profiles;
    this.ids = ids;
  }

  /** A caller of a new tenant who may do everything. */
  Caller newTenant() {
    TenantId tenant = new TenantId(ids.next());
    keyServer.createKek(tenant).toCompletableFuture().join();
    run(
        tenant,
        "INSERT INTO tenant (id, name) VALUES (?, ?)",
        tenant.value(),
        "t-" + tenant.value());
    Caller caller = caller(tenant, Set.of(RevealLevel.values()));
    profile(caller, TokenProfile.DEFAULT, TokenFormat.LAST4, true);
    return caller;
  }

  Caller withLevels(Caller caller, Set<RevealLevel> levels) {
    return caller(caller.tenant(), levels);
  }

  Caller withQuota(Caller caller, int revealsPerDay) {
    return caller(caller.tenant(), Set.of(RevealLevel.values()), revealsPerDay);
  }

  private static Caller caller(TenantId tenant, Set<RevealLevel> levels) {
    return caller(tenant, levels, 0);
  }

  private static Caller caller(TenantId tenant, Set<RevealLevel> levels, int revealsPerDay) {
    Set<Scope> scopes = Set.of(Scope.values());
    return new Caller(
        tenant,
        "cli_" + tenant,
        "test",
        "crd_test",
        scopes,
        new ClientPolicy(scopes, levels, Set.of(), List.of(), null, 0, revealsPerDay),
        "127.0.0.1",
        "request-1");
  }

  void profile(Caller caller, String name, TokenFormat format, boolean reuse) {
    run(
        caller.tenant(),
        """
        INSERT INTO token_profile (id, tenant_id, name, format, reuse, created_at, created_by, changed_at)
        VALUES (?, ?, ?, ?, ?, now(), 'test', now())
        """,
        ids.next(),
        caller.tenant().value(),
        name,
        format.code(),
        reuse);
    profiles.changed(caller.tenant());
  }

  void swapSealed(Caller caller, String one, String other) {
    run(
        caller.tenant(),
        """
        UPDATE token t SET sealed = o.sealed, key_id = o.key_id FROM token o
        WHERE (t.token, o.token) IN ((?, ?), (?, ?))
        """,
        one,
        other,
        other,
        one);
  }

  @Nullable String sealed(Caller caller, String token) {
    return texts(caller.tenant(), "SELECT encode(sealed, 'hex') FROM token WHERE token = ?", token)
        .get(0);
  }

  List<String> events(Caller caller, UUID id) {
    return texts(
        caller.tenant(),
        "SELECT concat_ws(' ', action, outcome, purpose, reference_id) FROM audit_event WHERE id = ?",
        id);
  }

  long count(Caller caller, String outcome) {
    return Long.parseLong(
        texts(caller.tenant(), "SELECT count(*)::text FROM audit_event WHERE outcome = ?", outcome)
            .get(0));
  }

  long tokens(Caller caller) {
    return Long.parseLong(texts(caller.tenant(), "SELECT count(*)::text FROM token").get(0));
  }

  long indexed(Caller caller) {
    return Long.parseLong(texts(caller.tenant(), "SELECT count(*)::text FROM pan_index").get(0));
  }

  private void run(TenantId tenant, String sql, Object... values) {
    database.inTransaction(
        tenant,
        connection -> {
          try (var statement = connection.prepareStatement(sql)) {
            set(statement, values);
            return statement.executeUpdate();
          }
        });
  }

  private List<@Nullable String> texts(TenantId tenant, String sql, Object... values) {
    return database.inTransaction(
        tenant,
        connection -> {
          List<@Nullable String> texts = new ArrayList<>();
          try (var statement = connection.prepareStatement(sql)) {
            set(statement, values);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                texts.add(row.getString(1));
              }
            }
          }
          return texts;
        });
  }

  private static void set(PreparedStatement statement, Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
