package dev.cardvault.sessions;

import dev.cardvault.access.Caller;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.database.Ids;
import dev.cardvault.database.SqlFailures;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes capture profiles, each change in one transaction with its event. Blocks, but
 * for {@link #settings}.
 */
@ApplicationScoped
public class CaptureProfiles {

  private static final int MOST = 100;
  private static final String NO_SETTINGS = "{}";

  private static final String SELECT =
      """
      SELECT name, settings::text AS settings, created_at, created_by, changed_at
      FROM capture_profile WHERE tenant_id = current_tenant()
      """;
  private static final String INSERT =
      """
      INSERT INTO capture_profile (id, tenant_id, name, settings, created_at, created_by, changed_at)
      VALUES (?, current_tenant(), ?, ?::jsonb, now(), ?, now())
      """;
  private static final String UPDATE =
      """
      UPDATE capture_profile SET settings = ?::jsonb, changed_at = now()
      WHERE tenant_id = current_tenant() AND name = ?
      """;

  private final TenantDatabase database;
  private final AuditLog log;
  private final Ids ids;
  private final ManagedExecutor executor;

  CaptureProfiles(TenantDatabase database, AuditLog log, Ids ids, ManagedExecutor executor) {
    this.database = database;
    this.log = log;
    this.ids = ids;
    this.executor = executor;
  }

  /**
   * The settings of the profile of that name, as JSON; none for {@code null}. Fails with {@code
   * invalid-field} where there is no such profile.
   */
  public CompletionStage<String> settings(TenantId tenant, @Nullable String name) {
    if (name == null) {
      return CompletableFuture.completedFuture(NO_SETTINGS);
    }
    return CompletableFuture.supplyAsync(
        () ->
            database
                .inTransaction(tenant, connection -> find(connection, name))
                .orElseThrow(
                    () ->
                        ProblemException.at(
                            "/profile",
                            ProblemCode.INVALID_FIELD,
                            "There is no such capture profile"))
                .settings(),
        executor);
  }

  /**
   * Makes a profile.
   *
   * @param settings its settings as JSON, checked already
   * @throws ProblemException {@code state-conflict} when there is one of that name, or too many
   */
  public CaptureProfile create(Caller admin, String name, String settings) {
    return changed(
        admin,
        Action.CAPTURE_PROFILE_CREATE,
        name,
        connection -> {
          if (all(connection).size() >= MOST) {
            throw ProblemException.of(
                ProblemCode.STATE_CONFLICT, "A tenant has at most " + MOST + " capture profiles");
          }
          try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, ids.next());
            insert.setString(2, name);
            insert.setString(3, settings);
            insert.setString(4, admin.clientId());
            insert.execute();
          }
        });
  }

  /**
   * Changes the settings of the profile of that name, for captures opened from now on.
   *
   * @throws ProblemException {@code not-found}
   */
  public CaptureProfile change(Caller admin, String name, UnaryOperator<String> change) {
    return changed(
        admin,
        Action.CAPTURE_PROFILE_UPDATE,
        name,
        connection -> {
          CaptureProfile old = lock(connection, name).orElseThrow(CaptureProfiles::notFound);
          try (var update = connection.prepareStatement(UPDATE)) {
            update.setString(1, change.apply(old.settings()));
            update.setString(2, name);
            update.execute();
          }
        });
  }

  /**
   * The profile of that name.
   *
   * @throws ProblemException {@code not-found}
   */
  public CaptureProfile find(Caller caller, String name) {
    return database
        .inTransaction(caller.tenant(), connection -> find(connection, name))
        .orElseThrow(CaptureProfiles::notFound);
  }

  /** All profiles of the tenant, by name. */
  public List<CaptureProfile> list(Caller caller) {
    return database.inTransaction(caller.tenant(), CaptureProfiles::all);
  }

  private CaptureProfile changed(Caller admin, Action action, String name, Change change) {
    AuditEvent event = AuditEvent.by(admin, action).subject(name).granted();
    return database.inTransaction(
        admin.tenant(),
        connection -> {
          unlessTaken(change, connection);
          log.append(connection, List.of(event));
          return find(connection, name).orElseThrow(CaptureProfiles::notFound);
        });
  }

  private static void unlessTaken(Change change, Connection connection) throws SQLException {
    try {
      change.on(connection);
    } catch (SQLException failure) {
      if (SqlFailures.isDuplicate(failure)) {
        throw ProblemException.of(
            ProblemCode.STATE_CONFLICT, "There is a capture profile of that name already");
      }
      throw failure;
    }
  }

  private static Optional<CaptureProfile> find(Connection connection, String name)
      throws SQLException {
    return named(connection, SELECT + " AND name = ?", name);
  }

  private static Optional<CaptureProfile> lock(Connection connection, String name)
      throws SQLException {
    return named(connection, SELECT + " AND name = ? FOR UPDATE", name);
  }

  private static Optional<CaptureProfile> named(Connection connection, String sql, String name)
      throws SQLException {
    try (var select = connection.prepareStatement(sql)) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  private static List<CaptureProfile> all(Connection connection) throws SQLException {
    List<CaptureProfile> all = new ArrayList<>();
    try (var select = connection.prepareStatement(SELECT + " ORDER BY name");
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        all.add(read(row));
      }
    }
    return all;
  }

  private static CaptureProfile read(ResultSet row) throws SQLException {
    return new CaptureProfile(
        row.getString("name"),
        row.getString("settings"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private static ProblemException notFound() {
    return ProblemException.of(ProblemCode.NOT_FOUND);
  }

  /** Something to do within a transaction. */
  @FunctionalInterface
  private interface Change {
    void on(Connection connection) throws SQLException;
  }
}
