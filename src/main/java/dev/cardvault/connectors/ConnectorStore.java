package dev.cardvault.connectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.access.Network;
import dev.cardvault.access.TenantId;
import dev.cardvault.keys.InputKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements that read and write connectors. */
final class ConnectorStore {

  private static final String SELECT =
      """
      SELECT id, tenant_id, name, kind, vendor, profile, mode, luhn_exemptions, networks, answer, keeps_code,
        opens_captures, fields, prompts, username, secret_hash, former_secret_hash, former_until, created_at, created_by
      FROM connector
      """;

  private static final String KEYS =
      """
      SELECT connector_id, id, name, certificate, sealed, wrapped_by, created_at FROM connector_key
      ORDER BY created_at DESC, id DESC
      """;

  private static final String INSERT =
      """
      INSERT INTO connector (name, profile, mode, luhn_exemptions, networks, answer, keeps_code, opens_captures, fields,
        prompts, secret_hash, former_secret_hash, former_until, id, tenant_id, kind, vendor, username, created_at, created_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE =
      """
      UPDATE connector SET name = ?, profile = ?, mode = ?, luhn_exemptions = ?, networks = ?, answer = ?,
        keeps_code = ?, opens_captures = ?, fields = ?, prompts = ?::jsonb, secret_hash = ?, former_secret_hash = ?, former_until = ?
      WHERE tenant_id = current_tenant() AND id = ?
      """;

  private static final String DELETE =
      "DELETE FROM connector WHERE tenant_id = current_tenant() AND id = ?";

  private static final String COUNT =
      "SELECT count(*) FROM connector WHERE tenant_id = current_tenant()";

  private static final String INSERT_KEY =
      """
      INSERT INTO connector_key (id, tenant_id, connector_id, name, certificate, sealed, wrapped_by, created_at)
      VALUES (?, current_tenant(), ?, ?, ?, ?, ?, ?)
      """;

  private static final String NAME_KEY =
      "UPDATE connector_key SET name = ? WHERE tenant_id = current_tenant() AND id = ?";

  private static final String DELETE_KEY =
      "DELETE FROM connector_key WHERE tenant_id = current_tenant() AND id = ?";

  private static final ObjectMapper JSON = new ObjectMapper();

  private ConnectorStore() {}

  /** All that the transaction may see, oldest first. */
  static List<Connector> all(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(SELECT + " ORDER BY id")) {
      return rows(connection, select);
    }
  }

  /** The tenant's connector of that id. */
  static Optional<Connector> find(Connection connection, UUID id) throws SQLException {
    return one(connection, id, "");
  }

  /** The same, for the transaction to change. */
  static Optional<Connector> lock(Connection connection, UUID id) throws SQLException {
    return one(connection, id, " FOR UPDATE");
  }

  private static Optional<Connector> one(Connection connection, UUID id, String lock)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            SELECT + " WHERE tenant_id = current_tenant() AND id = ?" + lock)) {
      select.setObject(1, id);
      return rows(connection, select).stream().findFirst();
    }
  }

  static int count(Connection connection) throws SQLException {
    try (var select = connection.prepareStatement(COUNT);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  static void insert(Connection connection, Connector connector) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT)) {
      int next = setChangeable(connection, insert, connector);
      insert.setObject(next++, connector.id());
      insert.setObject(next++, connector.tenant().value());
      insert.setString(next++, connector.draft().kind().code());
      PayVendor vendor = connector.draft().vendor();
      insert.setString(next++, vendor == null ? null : vendor.code());
      insert.setString(next++, connector.username());
      insert.setObject(next++, column(connector.createdAt()));
      insert.setString(next, connector.createdBy());
      insert.execute();
    }
  }

  static void update(Connection connection, Connector connector) throws SQLException {
    try (var update = connection.prepareStatement(UPDATE)) {
      int next = setChangeable(connection, update, connector);
      update.setObject(next, connector.id());
      update.execute();
    }
  }

  static void delete(Connection connection, UUID id) throws SQLException {
    try (var delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, id);
      delete.execute();
    }
  }

  static void addKey(Connection connection, UUID connector, InputKey key) throws SQLException {
    try (var insert = connection.prepareStatement(INSERT_KEY)) {
      insert.setObject(1, key.id());
      insert.setObject(2, connector);
      insert.setString(3, key.name());
      insert.setString(4, key.certificate());
      insert.setBytes(5, key.sealed());
      insert.setInt(6, key.wrappedBy());
      insert.setObject(7, column(key.createdAt()));
      insert.execute();
    }
  }

  static void nameKey(Connection connection, UUID key, String name) throws SQLException {
    try (var update = connection.prepareStatement(NAME_KEY)) {
      update.setString(1, name);
      update.setObject(2, key);
      update.execute();
    }
  }

  static void deleteKey(Connection connection, UUID key) throws SQLException {
    try (var delete = connection.prepareStatement(DELETE_KEY)) {
      delete.setObject(1, key);
      delete.execute();
    }
  }

  private static int setChangeable(
      Connection connection, PreparedStatement statement, Connector connector) throws SQLException {
    ConnectorDraft draft = connector.draft();
    ConnectorSecrets secrets = connector.secrets();
    int next = 1;
    statement.setString(next++, draft.name());
    statement.setString(next++, draft.profile());
    statement.setString(next++, draft.mode().code());
    statement.setArray(next++, texts(connection, draft.luhnExemptions().stream().sorted()));
    statement.setArray(next++, texts(connection, draft.networks().stream().map(Network::toString)));
    statement.setString(next++, draft.answer() == null ? null : draft.answer().code());
    statement.setBoolean(next++, draft.keepsCode());
    statement.setBoolean(next++, draft.opensCaptures());
    statement.setArray(next++, texts(connection, draft.fields().stream()));
    statement.setString(next++, json(draft.prompts()));
    statement.setString(next++, secrets.current());
    statement.setString(next++, secrets.former());
    statement.setObject(next++, column(secrets.formerUntil()));
    return next;
  }

  private static java.sql.Array texts(Connection connection, Stream<String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static List<Connector> rows(Connection connection, PreparedStatement select)
      throws SQLException {
    Map<UUID, List<InputKey>> keys = keys(connection);
    List<Connector> connectors = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        UUID id = row.getObject("id", UUID.class);
        connectors.add(
            new Connector(
                id,
                new TenantId(row.getObject("tenant_id", UUID.class)),
                draft(row),
                row.getString("username"),
                new ConnectorSecrets(
                    row.getString("secret_hash"),
                    row.getString("former_secret_hash"),
                    instant(row.getObject("former_until", OffsetDateTime.class))),
                keys.getOrDefault(id, List.of()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by")));
      }
    }
    return connectors;
  }

  private static ConnectorDraft draft(ResultSet row) throws SQLException {
    String vendor = row.getString("vendor");
    String answer = row.getString("answer");
    return new ConnectorDraft(
        row.getString("name"),
        ConnectorKind.ofCode(row.getString("kind")).orElseThrow(),
        vendor == null ? null : PayVendor.ofCode(vendor).orElseThrow(),
        row.getString("profile"),
        ConnectorMode.ofCode(row.getString("mode")).orElseThrow(),
        Set.of(texts(row, "luhn_exemptions")),
        Stream.of(texts(row, "networks")).map(Network::of).toList(),
        answer == null ? null : FormAnswer.ofCode(answer).orElseThrow(),
        row.getBoolean("keeps_code"),
        row.getBoolean("opens_captures"),
        List.of(texts(row, "fields")),
        prompts(row.getString("prompts")));
  }

  private static Map<UUID, List<InputKey>> keys(Connection connection) throws SQLException {
    Map<UUID, List<InputKey>> keys = new HashMap<>();
    try (var select = connection.prepareStatement(KEYS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        keys.computeIfAbsent(row.getObject("connector_id", UUID.class), id -> new ArrayList<>())
            .add(
                new InputKey(
                    row.getObject("id", UUID.class),
                    row.getString("name"),
                    row.getString("certificate"),
                    row.getBytes("sealed"),
                    row.getInt("wrapped_by"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant()));
      }
    }
    return keys;
  }

  private static String[] texts(ResultSet row, String column) throws SQLException {
    return (String[]) row.getArray(column).getArray();
  }

  private static String json(Map<String, String> prompts) {
    try {
      return JSON.writeValueAsString(prompts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Names of files can always be written", e);
    }
  }

  private static Map<String, String> prompts(String json) {
    try {
      return JSON.readValue(json, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The prompts of a connector cannot be read", e);
    }
  }

  private static @Nullable OffsetDateTime column(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime column) {
    return column == null ? null : column.toInstant();
  }
}
