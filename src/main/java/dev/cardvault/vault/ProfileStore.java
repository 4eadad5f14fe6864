package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.CardBrand;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.token.TokenFormat;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.eclipse.microprofile.context.ManagedExecutor;

/** A tenant's token profiles as the hot paths see them: from memory, at most a few seconds old. */
@ApplicationScoped
public class ProfileStore {

  private static final long KEEP_NANOS = Duration.ofSeconds(5).toNanos();

  private static final String ALL =
      """
      SELECT id, name, format, reuse, accepted_brands, ttl_days, max_uses
      FROM token_profile WHERE tenant_id = current_tenant()
      """;

  private final TenantDatabase database;
  private final Executor executor;
  private final Map<TenantId, Snapshot> snapshots = new ConcurrentHashMap<>();

  /** Reads from {@code database} on {@code executor}. */
  public ProfileStore(TenantDatabase database, ManagedExecutor executor) {
    this.database = database;
    this.executor = executor;
  }

  /**
   * The profile of that name; fails with {@code invalid-field} where there is none. Never blocks.
   */
  public CompletionStage<TokenProfile> named(TenantId tenant, String name) {
    return snapshot(tenant).thenApply(profiles -> of(profiles, name));
  }

  /** Forgets what it knows of {@code tenant}, whose profiles have changed. */
  public void changed(TenantId tenant) {
    snapshots.remove(tenant);
  }

  private CompletionStage<Map<String, TokenProfile>> snapshot(TenantId tenant) {
    Snapshot known = snapshots.get(tenant);
    if (known != null && System.nanoTime() - known.since < KEEP_NANOS && !known.failed()) {
      return known.profiles;
    }
    Snapshot fresh =
        new Snapshot(
            System.nanoTime(), CompletableFuture.supplyAsync(() -> read(tenant), executor));
    snapshots.put(tenant, fresh);
    // While a fresh copy is read, the one at hand serves.
    return known != null && known.served() ? known.profiles : fresh.profiles;
  }

  private Map<String, TokenProfile> read(TenantId tenant) {
    return database.inTransaction(tenant, ProfileStore::readAll);
  }

  private static Map<String, TokenProfile> readAll(Connection connection) throws SQLException {
    Map<String, TokenProfile> profiles = new HashMap<>();
    try (var select = connection.prepareStatement(ALL);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        TokenProfile profile = profileOf(row);
        profiles.put(profile.name(), profile);
      }
    }
    return profiles;
  }

  private static TokenProfile profileOf(ResultSet row) throws SQLException {
    return new TokenProfile(
        row.getObject("id", UUID.class),
        row.getString("name"),
        TokenFormat.ofCode(row.getString("format")).orElseThrow(),
        row.getBoolean("reuse"),
        brandsOf((String[]) row.getArray("accepted_brands").getArray()),
        row.getObject("ttl_days", Integer.class),
        row.getObject("max_uses", Integer.class));
  }

  private static Set<CardBrand> brandsOf(String[] codes) {
    return Arrays.stream(codes)
        .flatMap(code -> CardBrand.ofCode(code).stream())
        .collect(Collectors.toSet());
  }

  private static TokenProfile of(Map<String, TokenProfile> profiles, String name) {
    TokenProfile profile = profiles.get(name);
    if (profile == null) {
      throw ProblemException.at(
          "/profile", ProblemCode.INVALID_FIELD, "There is no such token profile");
    }
    return profile;
  }

  private record Snapshot(long since, CompletableFuture<Map<String, TokenProfile>> profiles) {
    boolean failed() {
      return profiles.isCompletedExceptionally();
    }

    boolean served() {
      return profiles.isDone() && !failed();
    }
  }
}
