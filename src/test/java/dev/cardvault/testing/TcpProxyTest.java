package dev.cardvault.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.Driver;

final class TcpProxyTest {

  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final TcpProxy proxy = TcpProxy.to("localhost", database.port());

  @AfterEach
  void close() {
    proxy.close();
  }

  @Test
  void swallowsTheAnswerToTheCommitOfAMarkedTransactionOnly() throws SQLException {
    database.execute("CREATE TABLE note (text text)");
    proxy.swallowCommitAfter("marked");
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      add(connection, "plain");
      connection.commit();
      add(connection, "marked");
      assertThrows(SQLException.class, connection::commit);
    }
    assertEquals(1, proxy.swallowedCommits());
    try (Connection connection = connect()) {
      assertEquals(2, count(connection), "the swallowed commit was done");
    }
  }

  @Test
  void refusesAndHealsAtTheSamePort() throws SQLException {
    try (Connection connection = connect()) {
      proxy.refuse();
      assertThrows(SQLException.class, () -> count(connection));
      assertThrows(SQLException.class, this::connect);
    }
    proxy.heal();
    try (Connection connection = connect()) {
      assertEquals("tenant", name(connection));
    }
  }

  @Test
  void holdsEverythingInABlackHoleUntilItHeals() throws SQLException {
    proxy.blackHole();
    Thread healer = new Thread(proxy::heal);
    Properties patience = new Properties();
    patience.setProperty("loginTimeout", "1");
    assertThrows(SQLException.class, () -> connect(patience));
    healer.start();
    try (Connection connection = connect()) {
      assertEquals("tenant", name(connection));
    }
  }

  private Connection connect() throws SQLException {
    return connect(new Properties());
  }

  private Connection connect(Properties more) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(more);
    properties.setProperty("user", TestDatabase.USER);
    String url = new TestDatabase(proxy.port(), database.name()).url();
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("not our URL");
    }
    return connection;
  }

  private static void add(Connection connection, String text) throws SQLException {
    try (var statement = connection.prepareStatement("INSERT INTO note VALUES (?)")) {
      statement.setString(1, text);
      statement.execute();
    }
  }

  private static int count(Connection connection) throws SQLException {
    return Integer.parseInt(ask(connection, "SELECT count(*) FROM note"));
  }

  private static String name(Connection connection) throws SQLException {
    return ask(connection, "SELECT 'tenant' FROM pg_class WHERE oid = 'tenant'::regclass");
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      answer.next();
      return answer.getString(1);
    }
  }
}
