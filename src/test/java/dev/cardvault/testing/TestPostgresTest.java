package dev.cardvault.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class TestPostgresTest {

  private static final String TENANTS = "SELECT count(*) FROM tenant";
  private static final String ADD_TENANT =
      "INSERT INTO tenant (id, name) VALUES (gen_random_uuid(), 'one')";

  @Test
  void givesEachTestAnEmptyDatabaseOfItsOwn() throws SQLException {
    TestDatabase one = TestPostgres.shared().newDatabase();
    one.execute(ADD_TENANT);
    assertEquals("0", ask(TestPostgres.shared().newDatabase().asService(), TENANTS));
    assertEquals("1", ask(one.asService(), TENANTS));
  }

  @Test
  void connectsAsTheRoleOfTheService() throws SQLException {
    TestDatabase database = TestPostgres.shared().newDatabase();
    assertEquals("cardvault_app", ask(database.asService(), "SELECT current_user"));
  }

  @Test
  void keepsItsDataAndPortThroughStopsAndKills() throws SQLException {
    try (TestPostgres own = TestPostgres.durable(Map.of())) {
      TestDatabase database = own.newDatabase();
      assertEquals("on", ask(database.asOwner(), "SHOW fsync"));
      assertEquals("on", ask(database.asOwner(), "SHOW synchronous_commit"));
      database.execute(ADD_TENANT);
      own.kill();
      assertThrows(SQLException.class, () -> ask(database.asOwner(), TENANTS));
      own.start();
      own.stop();
      own.start();
      assertEquals("1", ask(database.asOwner(), TENANTS));
    }
  }

  private static String ask(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
