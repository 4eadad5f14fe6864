package dev.cardvault.ops;

import java.util.List;

/** The columns the service works with, as the migrations leave them. */
final class NeededColumns {

  /** One column a line, {@code table.column}; a test keeps it what the migrations make. */
  static final String LIST = "columns.txt";

  private NeededColumns() {}

  static List<Column> all() {
    return PackagedText.lines(LIST).stream().map(Column::parse).toList();
  }

  /** One of them. */
  record Column(String table, String column) {

    private static Column parse(String line) {
      int dot = line.indexOf('.');
      return new Column(line.substring(0, dot), line.substring(dot + 1));
    }
  }
}
