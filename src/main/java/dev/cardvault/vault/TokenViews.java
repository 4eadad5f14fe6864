package dev.cardvault.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cardvault.card.CardBrand;
import dev.cardvault.card.CardExpiry;
import dev.cardvault.card.MaskedPan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a token's row becomes what may be told of it, for every query that reads one. */
final class TokenViews {

  /**
   * The columns of a view over {@code token t} and {@code token_profile p}. How often a token was
   * opened is counted in the audit log, the one place that knows.
   */
  static final String COLUMNS =
      """
      t.id, t.token, p.name AS profile, t.status, t.brand, t.pan_length, t.last4, t.bin, t.exp_month, t.exp_year,
      t.created_at, t.created_by, t.expires_at, t.max_uses, t.uses_left, t.call, t.metadata,
      u.uses, u.last_used_at
      """;

  /** What the columns are taken from, after a FROM that names {@code token t}. */
  static final String JOINS =
      """
      JOIN token_profile p ON p.id = t.profile_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS uses, max(a.at) AS last_used_at FROM audit_event a
        WHERE a.token_id = t.id AND a.at >= t.created_at AND a.tenant_id = t.tenant_id
          AND a.action = 'DETOKENIZE' AND a.outcome = 'GRANTED') u
      """;

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> ENTRIES = new TypeReference<>() {};

  private TokenViews() {}

  static TokenView of(ResultSet row, Instant now) throws SQLException {
    Instant expiresAt = instant(row, "expires_at");
    return new TokenView(
        row.getObject("id", UUID.class),
        row.getString("token"),
        row.getString("profile"),
        status(row.getString("status"), expiresAt, row.getObject("uses_left", Integer.class), now),
        new MaskedPan(brand(row), row.getInt("pan_length"), row.getString("last4")),
        row.getString("bin"),
        expiry(row),
        required(row, "created_at"),
        row.getString("created_by"),
        expiresAt,
        row.getLong("uses"),
        row.getObject("max_uses", Integer.class),
        instant(row, "last_used_at"),
        read(row.getString("call"), CallContext.class),
        entries(row.getString("metadata")));
  }

  /**
   * What a row's state means now: a token whose time or uses have run out is expired, erased stays
   * erased.
   */
  static TokenStatus status(
      String stored, @Nullable Instant expiresAt, @Nullable Integer usesLeft, Instant now) {
    TokenStatus status = TokenStatus.ofCode(stored).orElseThrow();
    boolean over =
        (expiresAt != null && !now.isBefore(expiresAt)) || (usesLeft != null && usesLeft == 0);
    return over && status != TokenStatus.ERASED ? TokenStatus.EXPIRED : status;
  }

  static CardBrand brand(ResultSet row) throws SQLException {
    return CardBrand.ofCode(row.getString("brand")).orElse(CardBrand.UNKNOWN);
  }

  static @Nullable CardExpiry expiry(ResultSet row) throws SQLException {
    Integer month = row.getObject("exp_month", Integer.class);
    Integer year = row.getObject("exp_year", Integer.class);
    return month == null || year == null ? null : new CardExpiry(month, year);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static Instant required(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable String json(@Nullable Object value) {
    try {
      return value == null ? null : JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value of ours cannot be written as JSON", e);
    }
  }

  static <T> @Nullable T read(@Nullable String json, Class<T> type) {
    try {
      return json == null ? null : JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A column does not hold the JSON we wrote", e);
    }
  }

  private static Map<String, String> entries(@Nullable String json) {
    try {
      return json == null ? Map.of() : JSON.readValue(json, ENTRIES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A column does not hold the JSON we wrote", e);
    }
  }
}
