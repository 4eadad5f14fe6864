package dev.cardvault.vault;

import dev.cardvault.database.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The statements that store new tokens, each for many at once. */
final class TokenStore {

  // Sorted, so that two nodes with the same PANs wait for each other instead of locking each other
  // out.
  private static final String INDEX =
      """
      INSERT INTO pan_index (tenant_id, key_version, hmac, profile_id, slot, token_id)
      SELECT current_tenant(), e.key_version, e.hmac, e.profile_id, e.slot, e.token_id
      FROM unnest(?::int4[], ?::bytea[], ?::uuid[], ?::uuid[], ?::uuid[])
        e(key_version, hmac, profile_id, slot, token_id)
      ORDER BY e.hmac
      ON CONFLICT DO NOTHING
      RETURNING token_id
      """;

  private static final String UNINDEX =
      "DELETE FROM pan_index WHERE token_id = ANY (?::uuid[]) AND tenant_id = current_tenant()";

  private static final String INSERT =
      """
      INSERT INTO token (tenant_id, created_at, changed_at, id, profile_id, token, sealed, key_id, brand, pan_length,
        last4, bin, exp_month, exp_year, holder_sealed, expires_at, max_uses, uses_left, call_id, call, metadata,
        created_by)
      SELECT current_tenant(), ?, ?, e.id, e.profile_id, e.token, e.sealed, e.key_id, e.brand, e.pan_length, e.last4,
        e.bin, e.exp_month, e.exp_year, e.holder_sealed, e.expires_at, e.max_uses, e.max_uses, e.call_id,
        e.call::jsonb, e.metadata::jsonb, e.created_by
      FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::bytea[], ?::uuid[], ?::text[], ?::int4[], ?::text[], ?::text[],
        ?::int4[], ?::int4[], ?::bytea[], ?::timestamptz[], ?::int4[], ?::text[], ?::text[], ?::text[], ?::text[])
        e(id, profile_id, token, sealed, key_id, brand, pan_length, last4, bin, exp_month, exp_year, holder_sealed,
          expires_at, max_uses, call_id, call, metadata, created_by)
      ON CONFLICT (tenant_id, token) DO NOTHING
      RETURNING id
      """;

  private static final String HOLDERS =
      """
      SELECT e.wanted, %s
      FROM unnest(?::uuid[], ?::int4[], ?::bytea[], ?::uuid[], ?::uuid[])
        e(wanted, key_version, hmac, profile_id, slot)
      JOIN pan_index x ON x.tenant_id = current_tenant() AND x.key_version = e.key_version AND x.hmac = e.hmac
        AND x.profile_id = e.profile_id AND x.slot = e.slot
      JOIN token t ON t.id = x.token_id
      %s
      """
          .formatted(TokenViews.COLUMNS, TokenViews.JOINS);

  private static final String BY_ID =
      "SELECT %s FROM unnest(?::uuid[]) e(id) JOIN token t ON t.id = e.id %s"
          .formatted(TokenViews.COLUMNS, TokenViews.JOINS);

  private TokenStore() {}

  /** Enters each PAN's keyed hash; the ids of those that were not there already. */
  static Set<UUID> index(Connection connection, List<NewToken> rows) throws SQLException {
    try (var insert = connection.prepareStatement(INDEX)) {
      new Rows<>(connection, insert, 1, rows)
          .integers(NewToken::indexVersion)
          .bytes(NewToken::hmac)
          .text(r -> r.profile().id())
          .text(NewToken::slot)
          .text(NewToken::id);
      return ids(insert.executeQuery());
    }
  }

  /** Takes tokens out of the index, so that their PANs get new ones. */
  static void unindex(Connection connection, List<UUID> tokens) throws SQLException {
    try (var delete = connection.prepareStatement(UNINDEX)) {
      new Rows<>(connection, delete, 1, tokens).text(id -> id);
      delete.execute();
    }
  }

  /** Stores each row under its drawn text; the ids of those whose text was free. */
  static Set<UUID> insert(Connection connection, List<Drawn> drawn) throws SQLException {
    var now = drawn.get(0).row().createdAt().atOffset(ZoneOffset.UTC);
    try (var insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, now);
      insert.setObject(2, now);
      new Rows<>(connection, insert, 3, drawn)
          .text(d -> d.row().id())
          .text(d -> d.row().profile().id())
          .text(Drawn::token)
          .bytes(d -> d.row().sealed())
          .text(d -> d.row().keyId())
          .text(d -> d.row().card().brand().code())
          .integers(d -> d.row().card().length())
          .text(d -> d.row().card().lastFour())
          .text(d -> d.row().bin())
          .integers(d -> d.row().expiry() == null ? null : d.row().expiry().month())
          .integers(d -> d.row().expiry() == null ? null : d.row().expiry().year())
          .bytes(d -> d.row().sealedHolder())
          .text(d -> d.row().expiresAt())
          .integers(d -> d.row().maxUses())
          .text(d -> d.row().call() == null ? null : d.row().call().callId())
          .text(d -> TokenViews.json(d.row().call()))
          .text(d -> d.row().metadata().isEmpty() ? null : TokenViews.json(d.row().metadata()))
          .text(d -> d.row().caller().clientId());
      return ids(insert.executeQuery());
    }
  }

  /** The token that stands where each row wanted to, by the row's id. */
  static Map<UUID, TokenView> holders(Connection connection, List<NewToken> rows, Instant now)
      throws SQLException {
    Map<UUID, TokenView> holders = new HashMap<>();
    if (rows.isEmpty()) {
      return holders;
    }
    try (var select = connection.prepareStatement(HOLDERS)) {
      new Rows<>(connection, select, 1, rows)
          .text(NewToken::id)
          .integers(NewToken::indexVersion)
          .bytes(NewToken::hmac)
          .text(r -> r.profile().id())
          .text(NewToken::slot);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          holders.put(row.getObject("wanted", UUID.class), TokenViews.of(row, now));
        }
      }
    }
    return holders;
  }

  /** The tokens of those ids, by id. */
  static Map<UUID, TokenView> byId(Connection connection, List<UUID> ids, Instant now)
      throws SQLException {
    Map<UUID, TokenView> views = new HashMap<>();
    if (ids.isEmpty()) {
      return views;
    }
    try (var select = connection.prepareStatement(BY_ID)) {
      new Rows<>(connection, select, 1, new ArrayList<>(new HashSet<>(ids))).text(id -> id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          TokenView view = TokenViews.of(row, now);
          views.put(view.id(), view);
        }
      }
    }
    return views;
  }

  private static Set<UUID> ids(ResultSet result) throws SQLException {
    Set<UUID> ids = new HashSet<>();
    try (ResultSet row = result) {
      while (row.next()) {
        ids.add(row.getObject(1, UUID.class));
      }
    }
    return ids;
  }

  /**
   * A row and the text drawn for it.
   *
   * @param row what is to be stored
   * @param token under which text
   */
  record Drawn(NewToken row, String token) {}
}
