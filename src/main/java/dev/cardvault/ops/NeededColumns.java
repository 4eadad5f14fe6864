package dev.cardvault.ops;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The columns the service works with, as the migrations leave them. */
final class NeededColumns {

  /** One column a line, {@code table.column}; a test keeps it what the migrations make. */
  static final String LIST = "columns.txt";

  private NeededColumns() {}

  static List<Column> all() {
    try (InputStream list =
            Objects.requireNonNull(NeededColumns.class.getResourceAsStream(LIST), LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return lines.lines().map(Column::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them. */
  record Column(String table, String column) {

    private static Column parse(String line) {
      int dot = line.indexOf('.');
      return new Column(line.substring(0, dot), line.substring(dot + 1));
    }
  }
}
