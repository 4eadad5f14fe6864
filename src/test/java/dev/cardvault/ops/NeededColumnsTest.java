package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** {@code -Dtest=NeededColumnsTest -Dwrite} writes the list anew after a migration. */
final class NeededColumnsTest {

  private static final Path LIST =
      Path.of("src/main/resources/dev/cardvault/ops", NeededColumns.LIST);

  // Partitions have their parent's columns.
  private static final String COLUMNS =
      """
      SELECT c.relname || '.' || a.attname
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relname <> 'flyway_schema_history' AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY c.relname, a.attnum
      """;

  @Test
  void listsWhatTheMigrationsMake() throws Exception {
    StringBuilder columns = new StringBuilder();
    try (Connection connection = TestPostgres.shared().newDatabase().asOwner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns.append(rows.getString(1)).append('\n');
      }
    }
    if (System.getProperty("write") != null) {
      Files.writeString(LIST, columns);
    }
    assertEquals(
        columns.toString(), Files.readString(LIST), LIST + " has drifted: run with -Dwrite");
  }
}
