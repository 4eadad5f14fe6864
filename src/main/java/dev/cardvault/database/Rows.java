package dev.cardvault.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives a statement its rows as one array a column, for {@code unnest}: one statement, planned
 * once, whatever their number.
 *
 * @param <T> what a row is made of
 */
public final class Rows<T> {

  private static final @Nullable String[] NOTHING = {};

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<T> rows;
  private int next;

  /** Sets parameters of {@code statement} from the {@code first} on. */
  public Rows(Connection connection, PreparedStatement statement, int first, List<T> rows) {
    this.connection = connection;
    this.statement = statement;
    this.next = first;
    this.rows = rows;
  }

  /** Sets the next parameter to the rows' {@code value} as text, which the statement casts. */
  public Rows<T> text(Function<T, @Nullable Object> value) throws SQLException {
    // The driver sends an array of texts as it is; one of objects is quoted here and parsed there.
    @Nullable String[] column = new @Nullable String[rows.size()];
    boolean empty = true;
    for (int i = 0; i < column.length; i++) {
      Object v = value.apply(rows.get(i));
      column[i] = v == null ? null : v.toString();
      empty &= v == null;
    }
    // unnest fills what a shorter array lacks with NULL.
    return set("text", empty ? NOTHING : column);
  }

  /** Sets the next parameter to the rows' {@code value} as bytes. */
  public Rows<T> bytes(Function<T, byte @Nullable []> value) throws SQLException {
    byte[][] column = new byte[rows.size()][];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    return set("bytea", column);
  }

  /** Sets the next parameter to the rows' {@code value} as integers. */
  public Rows<T> integers(Function<T, @Nullable Integer> value) throws SQLException {
    @Nullable Integer[] column = new @Nullable Integer[rows.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = value.apply(rows.get(i));
    }
    return set("int4", column);
  }

  private Rows<T> set(String type, @Nullable Object[] column) throws SQLException {
    statement.setArray(next++, connection.createArrayOf(type, column));
    return this;
  }
}
