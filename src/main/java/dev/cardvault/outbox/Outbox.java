package dev.cardvault.outbox;

import dev.cardvault.access.TenantId;
import dev.cardvault.database.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Takes messages into the caller's transaction: they are delivered, at least once, if that commits
 * and not at all if it does not.
 */
@ApplicationScoped
public class Outbox {

  private static final String PUBLISH =
      """
      INSERT INTO outbox (tenant_id, id, destination_id, kind, lane, body, expires_at)
      SELECT d.tenant_id, gen_random_uuid(), d.id, ?, ?, ?, clock_timestamp() + make_interval(secs => ?)
        FROM destination d
       WHERE d.tenant_id = ? AND d.status = 'active' AND ? = ANY(d.kinds)
      """;

  private static final String SEND =
      """
      INSERT INTO outbox (tenant_id, id, destination_id, kind, lane, body, expires_at)
      SELECT d.tenant_id, ?, d.id, ?, ?, ?, clock_timestamp() + make_interval(secs => ?)
        FROM destination d
       WHERE d.tenant_id = ? AND d.status = 'active' AND d.id = ?
      """;

  private final Courier courier;
  private final Ids ids;

  /** Wakes {@code courier}. */
  Outbox(Courier courier, Ids ids) {
    this.courier = courier;
    this.ids = ids;
  }

  /**
   * Adds {@code message} once for each active destination of the tenant that wants its kind.
   *
   * @param connection within a transaction of that tenant
   * @return for how many
   */
  public int publish(Connection connection, TenantId tenant, Message message) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(PUBLISH)) {
      insert.setString(1, message.kind());
      insert.setString(2, message.lane());
      insert.setString(3, message.body());
      insert.setDouble(4, message.goodFor().toMillis() / 1000.0);
      insert.setObject(5, tenant.value());
      insert.setString(6, message.kind());
      return insert.executeUpdate();
    }
  }

  /**
   * Adds {@code message} for one destination, whatever it subscribed to.
   *
   * @param connection within a transaction of that tenant
   * @return whether the tenant has such a destination
   */
  public boolean send(Connection connection, TenantId tenant, UUID destination, Message message)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(SEND)) {
      insert.setObject(1, ids.next());
      insert.setString(2, message.kind());
      insert.setString(3, message.lane());
      insert.setString(4, message.body());
      insert.setDouble(5, message.goodFor().toMillis() / 1000.0);
      insert.setObject(6, tenant.value());
      insert.setObject(7, destination);
      return insert.executeUpdate() > 0;
    }
  }

  /** Has new messages of this node looked at now; to be called after the commit. Never blocks. */
  public void wake() {
    courier.wake();
  }
}
