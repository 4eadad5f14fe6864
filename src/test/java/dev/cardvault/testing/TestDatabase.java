package dev.cardvault.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One migrated database of a {@link TestPostgres}, for one test.
 *
 * @param port where its server listens on localhost
 * @param name of the database
 */
public record TestDatabase(int port, String name) {

  /** The superuser of every test server; it has no password. */
  public static final String USER = "postgres";

  /** Where it is, for {@code quarkus.datasource.jdbc.url}; log in as {@link #USER}. */
  public String url() {
    return "jdbc:postgresql://localhost:" + port + "/" + name;
  }

  /** Connections as the service makes them: under the role that row-level security binds. */
  public DataSource asService() {
    return as("cardvault_app");
  }

  /** Connections under that role of the migrations. */
  public DataSource as(String role) {
    PGSimpleDataSource source = asOwner();
    source.setOptions("-c role=" + role);
    return source;
  }

  /** Connections of the superuser, who sees and may change everything. */
  public PGSimpleDataSource asOwner() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url());
    source.setUser(USER);
    return source;
  }

  /** Runs {@code sql} as the superuser. */
  public void execute(String sql) {
    try (Connection connection = asOwner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
