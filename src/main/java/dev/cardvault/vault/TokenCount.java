package dev.cardvault.vault;

import dev.cardvault.database.TenantDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;

/** How many tokens there are. Blocks. */
@ApplicationScoped
public class TokenCount {

  /** Counting a billion rows takes minutes; Postgres keeps an estimate by itself. */
  private static final String ESTIMATE =
      """
      SELECT coalesce(sum(greatest(reltuples, 0)), 0) FROM pg_class
       WHERE relkind = 'r'
         AND (oid = 'token'::regclass
              OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'token'::regclass))
      """;

  private final TenantDatabase database;

  TokenCount(TenantDatabase database) {
    this.database = database;
  }

  /** About how many, of all tenants together, erased ones included. */
  public double estimate() {
    return database.ofAllTenants(
        connection -> {
          try (var select = connection.prepareStatement(ESTIMATE);
              ResultSet row = select.executeQuery()) {
            row.next();
            return row.getDouble(1);
          }
        });
  }
}
