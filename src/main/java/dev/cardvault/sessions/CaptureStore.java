package dev.cardvault.sessions;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.capture.CaptureState;
import dev.cardvault.database.Node;
import dev.cardvault.database.TenantDatabase;
import dev.cardvault.vault.CallContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What all nodes know of captures. Blocks: not for an event loop. */
@ApplicationScoped
class CaptureStore {

  private static final String ADD =
      """
      INSERT INTO capture (id, tenant_id, owner, address, lease_until, state, call_id, channel, agent_id,
        media_encrypted, recording_suppressed, keys_hash, observe_hash, created_at, expires_at)
      VALUES (?, current_tenant(), ?, ?, now() + ? * interval '1 ms', 'created', ?, ?, ?, ?, ?, ?, ?, now(), ?)
      """;

  /** Nobody can show a secret that nobody was told. */
  private static final String ADD_HANDED_OVER =
      """
      INSERT INTO capture (id, tenant_id, owner, address, lease_until, state, call_id, channel, keys_hash, observe_hash,
        token_id, code_kept, created_at, expires_at, ended_at)
      VALUES (?, current_tenant(), ?, ?, now(), 'completed', ?, ?, sha256(uuid_send(gen_random_uuid())),
        sha256(uuid_send(gen_random_uuid())), ?, true, now(), now(), now())
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String FIND =
      """
      SELECT id, owner, address, state, lease_until > now() AS leased, keys_hash, observe_hash, desk_hashes,
        call_id, channel, agent_id, media_encrypted, recording_suppressed, expires_at, token_id
      FROM capture WHERE tenant_id = current_tenant() AND id = ?
      """;

  private static final String ADD_DESK =
      """
      UPDATE capture SET desk_hashes = desk_hashes || ?::bytea
      WHERE tenant_id = current_tenant() AND id = ?
      """;

  /** Renews what is still this node's to renew, and tells which captures that are. */
  private static final String RENEW =
      """
      UPDATE capture c
      SET lease_until = now() + ? * interval '1 ms', state = s.state, keys = s.keys, token_id = s.token,
        code_kept = c.code_kept OR s.code,
        ended_at = CASE WHEN s.ended THEN coalesce(c.ended_at, now()) END
      FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::uuid[], ?::boolean[], ?::boolean[])
        AS s (id, state, keys, token, code, ended)
      WHERE c.tenant_id = current_tenant() AND c.id = s.id AND c.owner = ? AND c.state <> 'lost'
      RETURNING c.id
      """;

  private static final String LOSE =
      """
      UPDATE capture SET state = 'lost', ended_at = now()
      WHERE tenant_id = current_tenant() AND ended_at IS NULL AND lease_until < now()
      RETURNING id, call_id, channel, agent_id, media_encrypted, recording_suppressed
      """;

  private static final String CODE =
      """
      SELECT owner, address FROM capture
      WHERE tenant_id = current_tenant() AND token_id = ? AND code_kept
      ORDER BY created_at DESC LIMIT 1
      """;

  private static final String FORGET =
      """
      DELETE FROM capture
      WHERE tenant_id = current_tenant() AND ended_at < now() - interval '30 days'
      """;

  private final TenantDatabase database;
  private final AuditLog audit;
  private final Node node;
  private final SessionsConfig config;
  private final Recorder recorder;

  CaptureStore(
      TenantDatabase database,
      AuditLog audit,
      Recorder recorder,
      Node node,
      SessionsConfig config) {
    this.database = database;
    this.audit = audit;
    this.recorder = recorder;
    this.node = node;
    this.config = config;
  }

  /** Enters a new capture, with its event, and has the call's recorder paused. */
  void add(Session session) {
    CallContext call = session.plan().call();
    database.inTransaction(
        session.id().tenant(),
        connection -> {
          try (var insert = connection.prepareStatement(ADD)) {
            insert.setObject(1, session.id().capture());
            insert.setString(2, node.name());
            insert.setString(3, config.nodeAddress().map(URI::toString).orElse(null));
            insert.setLong(4, config.lease().toMillis());
            insert.setString(5, call.callId());
            insert.setString(6, call.channel());
            insert.setString(7, call.agentId());
            insert.setObject(8, call.mediaEncrypted());
            insert.setObject(9, call.recordingSuppressed());
            insert.setBytes(10, session.secrets().keys());
            insert.setBytes(11, session.secrets().observe());
            insert.setObject(12, session.expiresAt().atOffset(ZoneOffset.UTC));
            insert.execute();
          }
          audit.append(connection, List.of(CaptureEvents.of(session, Action.CAPTURE_START, null)));
          recorder.pause(connection, session.id().tenant(), session.id().capture(), call);
          return session;
        });
    recorder.wake();
  }

  /** Enters a card that came in one piece, whose code this node keeps; false when it is there. */
  boolean addHandedOver(TenantId tenant, UUID id, UUID token, CallContext call) {
    return database.inTransaction(
        tenant,
        connection -> {
          try (var insert = connection.prepareStatement(ADD_HANDED_OVER)) {
            insert.setObject(1, id);
            insert.setString(2, node.name());
            insert.setString(3, config.nodeAddress().map(URI::toString).orElse(null));
            insert.setString(4, call.callId());
            insert.setString(5, call.channel());
            insert.setObject(6, token);
            return insert.executeUpdate() == 1;
          }
        });
  }

  Optional<CaptureRow> find(TenantId tenant, UUID id) {
    return database.inTransaction(
        tenant,
        connection -> {
          try (var select = connection.prepareStatement(FIND)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
          }
        });
  }

  /** Enters one more screen. */
  void addDesk(CaptureId id, byte[] hash) {
    database.inTransaction(
        id.tenant(),
        connection -> {
          try (var update = connection.prepareStatement(ADD_DESK)) {
            update.setBytes(1, hash);
            update.setObject(2, id.capture());
            return update.executeUpdate();
          }
        });
  }

  /**
   * Renews the leases of {@code sessions}, all of one tenant, and writes how they stand. The
   * recorders of those that have ended go on.
   *
   * @return those that are still this node's
   */
  Set<UUID> renew(TenantId tenant, List<Session> sessions) {
    List<Session> ended = sessions.stream().filter(session -> session.state().isEnd()).toList();
    Set<UUID> ours =
        database.inTransaction(
            tenant,
            connection -> {
              Set<UUID> renewed = renew(connection, sessions);
              for (Session session : ended) {
                if (renewed.contains(session.id().capture())) {
                  recorder.resume(
                      connection, tenant, session.id().capture(), session.plan().call());
                }
              }
              return renewed;
            });
    if (!ended.isEmpty()) {
      recorder.wake();
    }
    return ours;
  }

  private Set<UUID> renew(Connection connection, List<Session> sessions) throws SQLException {
    try (var update = connection.prepareStatement(RENEW)) {
      update.setLong(1, config.lease().toMillis());
      set(connection, update, sessions);
      update.setString(8, node.name());
      return ids(update);
    }
  }

  private static void set(Connection connection, PreparedStatement update, List<Session> sessions)
      throws SQLException {
    int count = sessions.size();
    Object[] ids = new Object[count];
    Object[] states = new Object[count];
    Object[] keys = new Object[count];
    Object[] tokens = new Object[count];
    Object[] codes = new Object[count];
    Object[] ended = new Object[count];
    for (int i = 0; i < count; i++) {
      Session session = sessions.get(i);
      CaptureState state = session.state();
      var token = session.token();
      ids[i] = session.id().capture();
      states[i] = state.code();
      keys[i] = session.keyCount();
      tokens[i] = token == null ? null : token.id();
      codes[i] = session.keptCode();
      ended[i] = state.isEnd();
    }
    update.setArray(2, connection.createArrayOf("uuid", ids));
    update.setArray(3, connection.createArrayOf("text", states));
    update.setArray(4, connection.createArrayOf("bigint", keys));
    update.setArray(5, connection.createArrayOf("uuid", tokens));
    update.setArray(6, connection.createArrayOf("boolean", codes));
    update.setArray(7, connection.createArrayOf("boolean", ended));
  }

  private static Set<UUID> ids(PreparedStatement update) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (ResultSet row = update.executeQuery()) {
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  /** Calls lost what nobody holds any more, with an event each; their recorders go on. */
  int loseOrphans(TenantId tenant) {
    int lost =
        database.inTransaction(
            tenant,
            connection -> {
              Map<UUID, CallContext> orphans = orphans(connection);
              List<AuditEvent> events = new ArrayList<>();
              for (Map.Entry<UUID, CallContext> orphan : orphans.entrySet()) {
                events.add(CaptureEvents.lost(tenant, orphan.getKey(), orphan.getValue()));
                recorder.resume(connection, tenant, orphan.getKey(), orphan.getValue());
              }
              if (!events.isEmpty()) {
                audit.append(connection, events);
              }
              return events.size();
            });
    if (lost > 0) {
      recorder.wake();
    }
    return lost;
  }

  private static Map<UUID, CallContext> orphans(Connection connection) throws SQLException {
    Map<UUID, CallContext> orphans = new LinkedHashMap<>();
    try (var update = connection.prepareStatement(LOSE);
        ResultSet row = update.executeQuery()) {
      while (row.next()) {
        orphans.put(row.getObject("id", UUID.class), callOf(row));
      }
    }
    return orphans;
  }

  /** The node that was given the security code of a token; empty when none was. */
  Optional<CodeHolder> holderOfCode(TenantId tenant, UUID token) {
    return database.inTransaction(
        tenant,
        connection -> {
          try (var select = connection.prepareStatement(CODE)) {
            select.setObject(1, token);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new CodeHolder(row.getString(1), address(row)))
                  : Optional.empty();
            }
          }
        });
  }

  /** Forgets captures that ended a month ago; the audit log still knows them. */
  void forgetOld(TenantId tenant) {
    database.inTransaction(
        tenant,
        connection -> {
          try (var delete = connection.prepareStatement(FORGET)) {
            return delete.executeUpdate();
          }
        });
  }

  List<TenantId> tenants() {
    return database.tenants();
  }

  private static CaptureRow read(ResultSet row) throws SQLException {
    return new CaptureRow(
        row.getObject("id", UUID.class),
        row.getString("owner"),
        address(row),
        CaptureState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getBoolean("leased"),
        new SecretHashes(
            row.getBytes("keys_hash"),
            row.getBytes("observe_hash"),
            List.of((byte[][]) row.getArray("desk_hashes").getArray())),
        callOf(row),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        row.getObject("token_id", UUID.class));
  }

  private static CallContext callOf(ResultSet row) throws SQLException {
    return new CallContext(
        row.getString("call_id"),
        row.getString("channel"),
        row.getString("agent_id"),
        null,
        row.getObject("media_encrypted", Boolean.class),
        row.getObject("recording_suppressed", Boolean.class));
  }

  private static @Nullable URI address(ResultSet row) throws SQLException {
    String address = row.getString("address");
    return address == null ? null : URI.create(address);
  }

  /**
   * Who was given a security code.
   *
   * @param node its name
   * @param address where other nodes reach it
   */
  record CodeHolder(String node, @Nullable URI address) {}
}
