package dev.cardvault.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables of docs/configuration.md, which another test keeps true. */
final class KnownSettings {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z0-9._-]+)` \\|");

  private KnownSettings() {}

  static Set<String> variables() {
    try {
      Set<String> names = new TreeSet<>();
      Matcher row = ROW.matcher(Files.readString(Path.of("docs/configuration.md")));
      while (row.find()) {
        names.add(row.group(1).replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT));
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
