package dev.cardvault.retention;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The statements that read and write the archives of the transaction's tenant. */
final class ArchiveStore {

  private static final String ADD =
      """
      INSERT INTO audit_archive (tenant_id, month, events, file, bytes, sha256, event_id, made_at)
      VALUES (current_tenant(), ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (tenant_id, month) DO NOTHING
      """;

  private static final String THERE =
      "SELECT FROM audit_archive WHERE tenant_id = current_tenant() AND month = ?";

  private static final String COUNT =
      "SELECT count(*) FROM audit_event WHERE tenant_id = current_tenant() AND at >= ? AND at < ?";

  private static final String OLD =
      """
      SELECT file FROM audit_archive
      WHERE tenant_id = current_tenant() AND month < ? AND dropped_at IS NOT NULL AND deleted_at IS NULL
      ORDER BY month
      """;

  private static final String DELETED =
      """
      UPDATE audit_archive SET deleted_at = ?
      WHERE tenant_id = current_tenant() AND file = ? AND deleted_at IS NULL
      """;

  private ArchiveStore() {}

  /** Whether it was added: another node may have been faster. */
  static boolean add(Connection connection, Archive archive, Instant now) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setObject(1, archive.month());
      insert.setLong(2, archive.events());
      insert.setString(3, archive.file());
      insert.setLong(4, archive.bytes());
      insert.setBytes(5, archive.sha256());
      insert.setObject(6, archive.eventId());
      insert.setObject(7, now.atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  static boolean isThere(Connection connection, LocalDate month) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(THERE)) {
      select.setObject(1, month);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** How many events the tenant has in a month. */
  static long events(Connection connection, LocalDate month) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(COUNT)) {
      select.setObject(1, month.atStartOfDay().atOffset(ZoneOffset.UTC));
      select.setObject(2, month.plusMonths(1).atStartOfDay().atOffset(ZoneOffset.UTC));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The files of months before {@code month} whose rows are gone. */
  static List<String> before(Connection connection, LocalDate month) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(OLD)) {
      select.setObject(1, month);
      List<String> files = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          files.add(row.getString(1));
        }
      }
      return files;
    }
  }

  /** Notes that {@code file} is gone. */
  static void deleted(Connection connection, String file, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(DELETED)) {
      update.setObject(1, now.atOffset(ZoneOffset.UTC));
      update.setString(2, file);
      update.executeUpdate();
    }
  }
}
