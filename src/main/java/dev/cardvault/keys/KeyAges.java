package dev.cardvault.keys;

import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;

/** How old the keys are that still seal, over all tenants and nodes (PCI DSS 3.7.4). Blocks. */
@ApplicationScoped
public class KeyAges {

  private static final String OLDEST =
      """
      SELECT purpose, min(created_at) FROM managed_key
       WHERE tenant_id = ? AND state = 'active'
       GROUP BY purpose
      """;

  private final TenantDatabase database;

  KeyAges(TenantDatabase database) {
    this.database = database;
  }

  /** When the oldest active key of each purpose was made; purposes without a key are left out. */
  public Map<KeyPurpose, Instant> oldest() {
    Map<KeyPurpose, Instant> oldest = new EnumMap<>(KeyPurpose.class);
    database
        .tenants()
        .forEach(
            tenant ->
                database.inTransaction(
                    tenant,
                    connection -> {
                      try (PreparedStatement select = connection.prepareStatement(OLDEST)) {
                        select.setObject(1, tenant.value());
                        try (ResultSet row = select.executeQuery()) {
                          while (row.next()) {
                            oldest.merge(
                                KeyPurpose.of(row.getString(1)),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                (a, b) -> a.isBefore(b) ? a : b);
                          }
                        }
                      }
                      return tenant;
                    }));
    return oldest;
  }
}
