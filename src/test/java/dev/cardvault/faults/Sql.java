package dev.cardvault.faults;

import dev.cardvault.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks into the database behind the service's back. */
final class Sql {

  private Sql() {}

  /** The first column of the first row. */
  static String ask(TestDatabase database, String sql) {
    try (Connection connection = database.asOwner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return String.valueOf(answer.getString(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
