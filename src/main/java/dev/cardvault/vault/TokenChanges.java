package dev.cardvault.vault;

import dev.cardvault.card.CardExpiry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements that change one token. */
final class TokenChanges {

  private static final String UPDATE =
      """
      UPDATE token SET expires_at = CASE WHEN ? THEN ? ELSE expires_at END,
        exp_month = coalesce(?, exp_month), exp_year = coalesce(?, exp_year), metadata = ?::jsonb, changed_at = ?
      WHERE tenant_id = current_tenant() AND id = ?
      """;

  private static final String MOVE =
      """
      UPDATE token SET status = ?, changed_at = ?
      WHERE tenant_id = current_tenant() AND id = ? AND status = ?
      """;

  // What is left is what an assessor may ask for: that there was a token, and when it was erased.
  private static final String ERASE =
      """
      UPDATE token SET status = 'erased', sealed = NULL, key_id = NULL, holder_sealed = NULL, metadata = NULL,
        call = NULL, call_id = NULL, bin = NULL, exp_month = NULL, exp_year = NULL, changed_at = ?
      WHERE tenant_id = current_tenant() AND id = ?
      """;

  private static final String UNINDEX =
      "DELETE FROM pan_index WHERE tenant_id = current_tenant() AND token_id = ?";

  private TokenChanges() {}

  static void update(
      Connection connection,
      TokenView token,
      TokenChange change,
      Map<String, String> metadata,
      Instant now)
      throws SQLException {
    CardExpiry expiry = change.cardExpiry();
    try (var update = connection.prepareStatement(UPDATE)) {
      update.setBoolean(1, change.changesExpiry());
      update.setObject(2, time(change.expiresAt()), Types.TIMESTAMP_WITH_TIMEZONE);
      update.setObject(3, expiry == null ? null : expiry.month(), Types.SMALLINT);
      update.setObject(4, expiry == null ? null : expiry.year(), Types.SMALLINT);
      update.setString(5, metadata.isEmpty() ? null : TokenViews.json(metadata));
      update.setObject(6, time(now));
      update.setObject(7, token.id());
      update.executeUpdate();
    }
  }

  /** Whether the token was in {@code from}; then it is in {@code to}. */
  static boolean move(
      Connection connection, TokenView token, TokenStatus from, TokenStatus to, Instant now)
      throws SQLException {
    try (var update = connection.prepareStatement(MOVE)) {
      update.setString(1, to.code());
      update.setObject(2, time(now));
      update.setObject(3, token.id());
      update.setString(4, from.code());
      return update.executeUpdate() == 1;
    }
  }

  static void erase(Connection connection, TokenView token, Instant now) throws SQLException {
    try (var update = connection.prepareStatement(ERASE);
        var delete = connection.prepareStatement(UNINDEX)) {
      update.setObject(1, time(now));
      update.setObject(2, token.id());
      update.executeUpdate();
      delete.setObject(1, token.id());
      delete.executeUpdate();
    }
  }

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
