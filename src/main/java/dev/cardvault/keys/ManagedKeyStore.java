package dev.cardvault.keys;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The wrapped keys in Postgres. Blocks; fails with {@code database-unavailable}. */
@ApplicationScoped
class ManagedKeyStore {

  private static final String COLUMNS =
      """
      id, purpose, version, wrapped, kek_version, check_value, state, node, records,
      created_at, retired_at\
      """;

  private static final String INSERT =
      """
      INSERT INTO managed_key
        (id, tenant_id, purpose, version, wrapped, kek_version, check_value, node, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant_id, purpose, version) WHERE purpose <> 'pan' DO NOTHING
      """;

  private static final String RETIRE_OLDER =
      """
      UPDATE managed_key SET state = 'retired', retired_at = ?
       WHERE tenant_id = ? AND purpose = 'pan' AND state = 'active' AND node = ? AND id <> ?
      """;

  private static final String FIND =
      "SELECT " + COLUMNS + " FROM managed_key WHERE tenant_id = ? AND id = ?";

  private static final String ACTIVE =
      "SELECT "
          + COLUMNS
          + """
             FROM managed_key
            WHERE tenant_id = ? AND purpose = ? AND state = 'active'
            ORDER BY version DESC
            """;

  private static final String ALL =
      "SELECT " + COLUMNS + " FROM managed_key WHERE tenant_id = ? ORDER BY created_at DESC, id";

  private static final String COUNT_RECORDS =
      "UPDATE managed_key SET records = ? WHERE tenant_id = ? AND id = ? AND records < ?";

  private static final String BEGIN_ROTATION =
      """
      INSERT INTO key_rotation (tenant_id, generation) VALUES (?, 1)
      ON CONFLICT (tenant_id) DO UPDATE SET generation = key_rotation.generation + 1
      """;

  private static final String RETIRE_ALL =
      """
      UPDATE managed_key SET state = 'retired', retired_at = ?
       WHERE tenant_id = ? AND purpose = 'pan' AND state = 'active'
      """;

  private static final String GENERATION =
      "SELECT generation FROM key_rotation WHERE tenant_id = ?";

  private static final String GENERATIONS =
      "SELECT tenant_id, generation FROM key_rotation WHERE tenant_id = ANY(?)";

  private static final String REWRAP =
      """
      UPDATE managed_key SET wrapped = ?, kek_version = ?
       WHERE tenant_id = ? AND id = ? AND kek_version < ?
      """;

  private static final String SOME_TENANTS = "SELECT id FROM tenant ORDER BY id LIMIT ?";

  private final TenantDatabase database;

  ManagedKeyStore(TenantDatabase database) {
    this.database = database;
  }

  /**
   * Adds a PAN key and retires this node's earlier ones of the tenant.
   *
   * @return how often the tenant's keys have been rotated before, for {@link #generations}
   */
  long addPanKey(ManagedKey key) {
    return database.inTransaction(
        key.tenant(),
        connection -> {
          insert(connection, key);
          try (PreparedStatement retire = connection.prepareStatement(RETIRE_OLDER)) {
            retire.setTimestamp(1, Timestamp.from(key.createdAt()));
            retire.setObject(2, key.tenant().value());
            retire.setString(3, key.node());
            retire.setObject(4, key.id());
            retire.executeUpdate();
          }
          return generation(connection, key.tenant());
        });
  }

  /** Adds {@code key} unless its version is there, and tells which keys are active now. */
  List<ManagedKey> addVersion(ManagedKey key) {
    return database.inTransaction(
        key.tenant(),
        connection -> {
          insert(connection, key);
          return active(connection, key.tenant(), key.purpose());
        });
  }

  /** The active keys, newest version first. */
  List<ManagedKey> active(TenantId tenant, KeyPurpose purpose) {
    return database.inTransaction(tenant, connection -> active(connection, tenant, purpose));
  }

  /** The key of that id, if it is one of the tenant's. */
  Optional<ManagedKey> find(TenantId tenant, UUID id) {
    return database.inTransaction(
        tenant,
        connection -> {
          try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setObject(1, tenant.value());
            find.setObject(2, id);
            return rows(find, tenant).stream().findFirst();
          }
        });
  }

  /** All keys of the tenant, newest first. */
  List<ManagedKey> all(TenantId tenant) {
    return database.inTransaction(
        tenant,
        connection -> {
          try (PreparedStatement all = connection.prepareStatement(ALL)) {
            all.setObject(1, tenant.value());
            return rows(all, tenant);
          }
        });
  }

  /** Notes that a PAN key has sealed {@code records} by now. */
  void countRecords(TenantId tenant, UUID id, long records) {
    database.inTransaction(
        tenant,
        connection -> {
          try (PreparedStatement count = connection.prepareStatement(COUNT_RECORDS)) {
            count.setLong(1, records);
            count.setObject(2, tenant.value());
            count.setObject(3, id);
            count.setLong(4, records);
            return count.executeUpdate();
          }
        });
  }

  /** Retires the tenant's PAN keys on all nodes. Tells how many. */
  int rotate(TenantId tenant, Instant now) {
    return database.inTransaction(
        tenant,
        connection -> {
          try (PreparedStatement begin = connection.prepareStatement(BEGIN_ROTATION)) {
            begin.setObject(1, tenant.value());
            begin.executeUpdate();
          }
          try (PreparedStatement retire = connection.prepareStatement(RETIRE_ALL)) {
            retire.setTimestamp(1, Timestamp.from(now));
            retire.setObject(2, tenant.value());
            return retire.executeUpdate();
          }
        });
  }

  /** How often the keys of each of {@code tenants} have been rotated; one never rotated is left. */
  Map<TenantId, Long> generations(Collection<TenantId> tenants) {
    return database.inTransaction(
        TenantId.NOBODY,
        connection -> {
          try (PreparedStatement ask = connection.prepareStatement(GENERATIONS)) {
            UUID[] ids = tenants.stream().map(TenantId::value).toArray(UUID[]::new);
            ask.setArray(1, connection.createArrayOf("uuid", ids));
            Map<TenantId, Long> generations = new HashMap<>();
            try (ResultSet found = ask.executeQuery()) {
              while (found.next()) {
                generations.put(new TenantId(found.getObject(1, UUID.class)), found.getLong(2));
              }
            }
            return generations;
          }
        });
  }

  /** The oldest tenants, at most {@code most}. */
  List<TenantId> someTenants(int most) {
    return database.inTransaction(
        TenantId.NOBODY,
        connection -> {
          try (PreparedStatement ask = connection.prepareStatement(SOME_TENANTS)) {
            ask.setInt(1, most);
            List<TenantId> tenants = new ArrayList<>();
            try (ResultSet found = ask.executeQuery()) {
              while (found.next()) {
                tenants.add(new TenantId(found.getObject(1, UUID.class)));
              }
            }
            return tenants;
          }
        });
  }

  /** Keeps a key as a newer version of its KEK wraps it. */
  void rewrap(ManagedKey key, WrappedKey wrapped) {
    database.inTransaction(
        key.tenant(),
        connection -> {
          try (PreparedStatement rewrap = connection.prepareStatement(REWRAP)) {
            rewrap.setString(1, wrapped.text());
            rewrap.setInt(2, wrapped.kekVersion());
            rewrap.setObject(3, key.tenant().value());
            rewrap.setObject(4, key.id());
            rewrap.setInt(5, wrapped.kekVersion());
            return rewrap.executeUpdate();
          }
        });
  }

  private static void insert(Connection connection, ManagedKey key) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, key.id());
      insert.setObject(2, key.tenant().value());
      insert.setString(3, key.purpose().text());
      insert.setInt(4, key.version());
      insert.setString(5, key.wrapped().text());
      insert.setInt(6, key.wrapped().kekVersion());
      insert.setBytes(7, key.checkValue());
      insert.setString(8, key.node());
      insert.setTimestamp(9, Timestamp.from(key.createdAt()));
      insert.executeUpdate();
    }
  }

  private static long generation(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement ask = connection.prepareStatement(GENERATION)) {
      ask.setObject(1, tenant.value());
      try (ResultSet found = ask.executeQuery()) {
        return found.next() ? found.getLong(1) : 0;
      }
    }
  }

  private static List<ManagedKey> active(Connection connection, TenantId tenant, KeyPurpose purpose)
      throws SQLException {
    try (PreparedStatement active = connection.prepareStatement(ACTIVE)) {
      active.setObject(1, tenant.value());
      active.setString(2, purpose.text());
      return rows(active, tenant);
    }
  }

  private static List<ManagedKey> rows(PreparedStatement query, TenantId tenant)
      throws SQLException {
    List<ManagedKey> keys = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        keys.add(
            new ManagedKey(
                row.getObject("id", UUID.class),
                tenant,
                KeyPurpose.of(row.getString("purpose")),
                row.getInt("version"),
                new WrappedKey(row.getString("wrapped"), row.getInt("kek_version")),
                row.getBytes("check_value"),
                row.getString("state").equals("active"),
                row.getString("node"),
                row.getLong("records"),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("retired_at"))));
      }
    }
    return keys;
  }

  private static @Nullable Instant instant(@Nullable Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
