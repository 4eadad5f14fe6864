package dev.cardvault.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A connection that notes how Postgres goes about each query that is run on it. */
final class Explaining {

  private final Connection connection;
  private final List<String> plans = new ArrayList<>();

  Explaining(Connection connection) {
    this.connection = connection;
  }

  /** To be used in place of the connection. */
  Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            Explaining.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object result = call(connection, method, arguments);
              return method.getName().equals("prepareStatement")
                  ? noting((PreparedStatement) result, (String) arguments[0])
                  : result;
            });
  }

  /** The plans of what was run so far. */
  List<String> plans() {
    return plans;
  }

  private PreparedStatement noting(PreparedStatement statement, String sql) throws SQLException {
    PreparedStatement explain =
        connection.prepareStatement("EXPLAIN (ANALYZE, TIMING OFF, BUFFERS OFF) " + sql);
    return (PreparedStatement)
        Proxy.newProxyInstance(
            Explaining.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("set")) {
                call(explain, method, arguments);
              } else if (method.getName().equals("executeQuery")) {
                plans.add(plan(explain));
              }
              return call(statement, method, arguments);
            });
  }

  private static String plan(PreparedStatement explain) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (ResultSet row = explain.executeQuery()) {
      while (row.next()) {
        plan.append(row.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
