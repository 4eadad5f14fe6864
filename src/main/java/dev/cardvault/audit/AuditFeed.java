package dev.cardvault.audit;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Passage;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the log from front to back, a page at a time, for whoever takes all of it elsewhere. */
@ApplicationScoped
public class AuditFeed {

  private static final String RANGE =
      "SELECT "
          + AuditRows.COLUMNS
          + """
             FROM audit_event
            WHERE tenant_id = current_tenant() AND at >= ? AND at < ? AND (at, id) > (?, ?)
            ORDER BY at, id LIMIT ?
            """;

  // What a transaction wrote is shown once no older transaction can still commit: so nothing comes
  // to stand before what was shown.
  private static final String AFTER =
      "SELECT tx::text AS tx, tenant_id, "
          + AuditRows.COLUMNS
          + """
             FROM audit_event
            WHERE (tx, id) > (?::xid8, ?) AND tx < pg_snapshot_xmin(pg_current_snapshot())
            ORDER BY tx, id LIMIT ?
            """;

  private static final UUID FIRST = new UUID(0, 0);

  /**
   * An event, and where it stands among those of all tenants.
   *
   * @param position where
   * @param tenant whose it is
   * @param event the event
   */
  public record Entry(Position position, TenantId tenant, AuditRecord event) {}

  /**
   * A place between two events, in the order in which events become visible.
   *
   * @param tx the transaction of the one before
   * @param id that one's id
   */
  public record Position(String tx, UUID id) {}

  /**
   * The current tenant's events of a time, oldest first.
   *
   * @param from at or after
   * @param to before
   * @param after the event where an earlier page ended; {@code null} for the first page
   * @param limit at most this many
   */
  public List<AuditRecord> range(
      Connection connection, Instant from, Instant to, @Nullable AuditRecord after, int limit)
      throws SQLException {
    Instant begin = after == null ? from : after.at();
    try (PreparedStatement select = connection.prepareStatement(RANGE)) {
      select.setObject(1, begin.atOffset(ZoneOffset.UTC));
      select.setObject(2, to.atOffset(ZoneOffset.UTC));
      select.setObject(3, begin.atOffset(ZoneOffset.UTC));
      select.setObject(4, after == null ? FIRST : after.id());
      select.setInt(5, limit);
      return AuditRows.records(select);
    }
  }

  /**
   * All tenants' events after a position, in the order in which they became visible.
   *
   * @param connection within a transaction, which sees all tenants' events from here on
   */
  public List<Entry> after(Connection connection, Position position, int limit)
      throws SQLException {
    Passage.WATCH.open(connection);
    try (PreparedStatement select = connection.prepareStatement(AFTER)) {
      select.setString(1, position.tx());
      select.setObject(2, position.id());
      select.setInt(3, limit);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          AuditRecord event = AuditRows.record(row);
          entries.add(
              new Entry(
                  new Position(row.getString("tx"), event.id()),
                  new TenantId(row.getObject("tenant_id", UUID.class)),
                  event));
        }
      }
      return entries;
    }
  }
}
