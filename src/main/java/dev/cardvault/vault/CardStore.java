package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.MaskedPan;
import dev.cardvault.database.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The statements that find cards by their tokens and count their uses, each for many at once. */
final class CardStore {

  private static final String BY_TEXT =
      """
      SELECT t.token, t.id, t.status, t.key_id, t.sealed, t.holder_sealed, t.brand, t.pan_length, t.last4,
        t.exp_month, t.exp_year, t.expires_at, t.uses_left
      FROM unnest(?::text[]) e(token)
      JOIN token t ON t.tenant_id = current_tenant() AND t.token = e.token
      """;

  // Sorted, so that two nodes that open the same tokens wait for each other instead of locking each
  // other out.
  private static final String SPEND =
      """
      UPDATE token t SET uses_left = t.uses_left - least(t.uses_left, e.wanted)
      FROM (SELECT l.id, l.uses_left, w.wanted FROM unnest(?::uuid[], ?::int4[]) w(id, wanted)
            JOIN token l ON l.id = w.id ORDER BY l.id FOR UPDATE OF l) e
      WHERE t.id = e.id
      RETURNING t.id, e.uses_left
      """;

  private CardStore() {}

  /** The cards of those token texts, by text; texts of nobody, or of another tenant, are absent. */
  static Map<String, StoredCard> byText(
      Connection connection, TenantId tenant, List<String> tokens, Instant now)
      throws SQLException {
    Map<String, StoredCard> cards = new HashMap<>();
    try (var select = connection.prepareStatement(BY_TEXT)) {
      new Rows<>(connection, select, 1, tokens).text(t -> t);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          cards.put(row.getString(1), cardOf(row, tenant, now));
        }
      }
    }
    return cards;
  }

  private static StoredCard cardOf(ResultSet row, TenantId tenant, Instant now)
      throws SQLException {
    Instant expiresAt = TokenViews.instant(row, "expires_at");
    Integer usesLeft = row.getObject("uses_left", Integer.class);
    byte[] sealed = row.getBytes("sealed");
    return new StoredCard(
        tenant,
        row.getObject("id", UUID.class),
        TokenViews.status(row.getString("status"), expiresAt, usesLeft, now),
        row.getObject("key_id", UUID.class),
        sealed == null ? new byte[0] : sealed,
        row.getBytes("holder_sealed"),
        new MaskedPan(TokenViews.brand(row), row.getInt("pan_length"), row.getString("last4")),
        TokenViews.expiry(row),
        expiresAt,
        usesLeft);
  }

  /**
   * Takes as many uses of each token as are wanted and left.
   *
   * @param wanted how many, by id
   * @return how many were left before, by id
   */
  static Map<UUID, Integer> spend(Connection connection, Map<UUID, Integer> wanted)
      throws SQLException {
    Map<UUID, Integer> before = new HashMap<>();
    if (wanted.isEmpty()) {
      return before;
    }
    try (var update = connection.prepareStatement(SPEND)) {
      new Rows<>(connection, update, 1, List.copyOf(wanted.entrySet()))
          .text(Map.Entry::getKey)
          .integers(Map.Entry::getValue);
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          before.put(row.getObject(1, UUID.class), row.getInt(2));
        }
      }
    }
    return before;
  }
}
