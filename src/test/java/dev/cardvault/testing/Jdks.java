package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The JDKs of this machine. */
public final class Jdks {

  private static final Path DEBIAN = Path.of("/usr/lib/jvm");

  private Jdks() {}

  /** The one the image brings, 25, when it is here ({@code JAVA_25_HOME}); else the tests' own. */
  public static Path ofTheImage() {
    String named = System.getenv("JAVA_25_HOME");
    if (named != null) {
      return Path.of(named);
    }
    if (Files.isDirectory(DEBIAN)) {
      try (Stream<Path> all = Files.list(DEBIAN)) {
        return all.filter(home -> home.getFileName().toString().matches(".*\\b25\\b.*"))
            .filter(home -> Files.isExecutable(home.resolve("bin/java")))
            .findFirst()
            .orElse(ownHome());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ownHome();
  }

  /** The one that runs the tests. */
  public static Path ownHome() {
    return Path.of(System.getProperty("java.home"));
  }
}
