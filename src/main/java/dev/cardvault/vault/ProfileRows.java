package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.CardBrand;
import dev.cardvault.token.TokenFormat;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements that read and write token profiles. */
final class ProfileRows {

  private static final String SELECT =
      """
      SELECT id, name, format, reuse, accepted_brands, ttl_days, max_uses, created_at, created_by, changed_at
      FROM token_profile WHERE tenant_id = current_tenant()
      """;

  private static final String INSERT =
      """
      INSERT INTO token_profile (format, accepted_brands, ttl_days, max_uses, changed_at, id, tenant_id, name, reuse,
        created_at, created_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE =
      """
      UPDATE token_profile SET format = ?, accepted_brands = ?, ttl_days = ?, max_uses = ?, changed_at = ?
      WHERE tenant_id = current_tenant() AND id = ?
      """;

  private static final String COUNT =
      "SELECT count(*) FROM token_profile WHERE tenant_id = current_tenant()";

  private ProfileRows() {}

  static List<ProfileView> all(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(SELECT + " ORDER BY name")) {
      return views(select);
    }
  }

  static Optional<ProfileView> find(Connection connection, String name) throws SQLException {
    return one(connection, SELECT + " AND name = ?", name);
  }

  static Optional<ProfileView> lock(Connection connection, String name) throws SQLException {
    return one(connection, SELECT + " AND name = ? FOR UPDATE", name);
  }

  static int count(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(COUNT);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  static void insert(Connection connection, TenantId tenant, ProfileView profile)
      throws SQLException {
    try (var insert = connection.prepareStatement(INSERT)) {
      int next = setChangeable(connection, insert, profile);
      insert.setObject(next++, profile.id());
      insert.setObject(next++, tenant.value());
      insert.setString(next++, profile.draft().name());
      insert.setBoolean(next++, profile.draft().reuse());
      insert.setObject(next++, column(profile.createdAt()));
      insert.setString(next, profile.createdBy());
      insert.execute();
    }
  }

  static void update(Connection connection, ProfileView profile) throws SQLException {
    try (var update = connection.prepareStatement(UPDATE)) {
      int next = setChangeable(connection, update, profile);
      update.setObject(next, profile.id());
      update.execute();
    }
  }

  private static int setChangeable(
      Connection connection, PreparedStatement statement, ProfileView profile) throws SQLException {
    ProfileDraft draft = profile.draft();
    Object[] brands = draft.acceptedBrands().stream().map(CardBrand::code).sorted().toArray();
    int next = 1;
    statement.setString(next++, draft.format().code());
    statement.setArray(next++, connection.createArrayOf("text", brands));
    setNumber(statement, next++, draft.ttlDays());
    setNumber(statement, next++, draft.maxUses());
    statement.setObject(next++, column(profile.changedAt()));
    return next;
  }

  private static void setNumber(PreparedStatement statement, int parameter, @Nullable Integer value)
      throws SQLException {
    if (value == null) {
      statement.setNull(parameter, Types.INTEGER);
    } else {
      statement.setInt(parameter, value);
    }
  }

  private static Optional<ProfileView> one(Connection connection, String sql, String name)
      throws SQLException {
    try (var select = connection.prepareStatement(sql)) {
      select.setString(1, name);
      return views(select).stream().findFirst();
    }
  }

  private static List<ProfileView> views(PreparedStatement select) throws SQLException {
    List<ProfileView> views = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        views.add(view(row));
      }
    }
    return views;
  }

  private static ProfileView view(ResultSet row) throws SQLException {
    String[] brands = (String[]) row.getArray("accepted_brands").getArray();
    ProfileDraft draft =
        new ProfileDraft(
            row.getString("name"),
            TokenFormat.ofCode(row.getString("format")).orElseThrow(),
            row.getBoolean("reuse"),
            Arrays.stream(brands)
                .flatMap(code -> CardBrand.ofCode(code).stream())
                .collect(Collectors.toSet()),
            row.getObject("ttl_days", Integer.class),
            row.getObject("max_uses", Integer.class));
    return new ProfileView(
        row.getObject("id", UUID.class),
        draft,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getString("created_by"),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }

  private static OffsetDateTime column(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
