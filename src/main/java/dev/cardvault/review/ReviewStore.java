package dev.cardvault.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements about one tenant's reviews. */
final class ReviewStore {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .addModule(new JavaTimeModule())
          .build();

  private static final String ADD =
      """
      INSERT INTO daily_review (tenant_id, day, report, made_at) VALUES (current_tenant(), ?, ?::jsonb, ?)
      ON CONFLICT (tenant_id, day) DO NOTHING
      """;

  private static final String SELECT =
      """
      SELECT day, report::text AS report, made_at, signed_at, signed_by, reviewer, note
        FROM daily_review WHERE tenant_id = current_tenant()
      """;

  private static final String SIGN =
      """
      UPDATE daily_review SET signed_at = ?, signed_by = ?, reviewer = ?, note = ?
       WHERE tenant_id = current_tenant() AND day = ? AND signed_at IS NULL
      """;

  private ReviewStore() {}

  static void add(Connection connection, LocalDate day, DailyReport report, Instant now)
      throws SQLException {
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      add.setObject(1, day);
      add.setString(2, JSON.writeValueAsString(report));
      add.setObject(3, now.atOffset(ZoneOffset.UTC));
      add.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is plain data", e);
    }
  }

  static Optional<DailyReview> find(Connection connection, LocalDate day) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + " AND day = ?")) {
      select.setObject(1, day);
      return reviews(select).stream().findFirst();
    }
  }

  /** Reviews of days before {@code before}, newest first. */
  static List<DailyReview> list(Connection connection, LocalDate before, int limit)
      throws SQLException {
    String sql = SELECT + " AND day < ? ORDER BY day DESC LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, before);
      select.setInt(2, limit);
      return reviews(select);
    }
  }

  /** Whether it was there and nobody had signed it. */
  static boolean sign(
      Connection connection,
      LocalDate day,
      Instant now,
      String clientId,
      String reviewer,
      @Nullable String note)
      throws SQLException {
    try (PreparedStatement sign = connection.prepareStatement(SIGN)) {
      sign.setObject(1, now.atOffset(ZoneOffset.UTC));
      sign.setString(2, clientId);
      sign.setString(3, reviewer);
      sign.setString(4, note);
      sign.setObject(5, day);
      return sign.executeUpdate() > 0;
    }
  }

  private static List<DailyReview> reviews(PreparedStatement select) throws SQLException {
    List<DailyReview> reviews = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        OffsetDateTime signed = row.getObject("signed_at", OffsetDateTime.class);
        reviews.add(
            new DailyReview(
                row.getObject("day", LocalDate.class),
                JSON.readValue(row.getString("report"), DailyReport.class),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                true,
                signed == null ? null : signed.toInstant(),
                row.getString("signed_by"),
                row.getString("reviewer"),
                row.getString("note")));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report is what was written", e);
    }
    return reviews;
  }
}
