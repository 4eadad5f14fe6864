package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cardvault.ops.MappedSettings.Property;
import dev.cardvault.ops.MappedSettings.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps docs/configuration.md and the list of known names what the sources say. {@code
 * -Dtest=ConfigurationPageTest -Dwrite} writes both anew.
 */
final class ConfigurationPageTest {

  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final Path NAMES =
      Path.of("src/main/resources/dev/cardvault/ops", SettingNames.LIST);

  private static final String HEAD =
      """
      # Configuration
      Written by `ConfigurationPageTest` from the sources; `./mvnw test -Dtest=ConfigurationPageTest -Dwrite` writes it
      anew. Every setting is an environment variable, a system property (`-Dname=value`, also after the jar's name) or a
      line of `config/application.properties` in the working directory. A property's variable is its name in capitals
      with `_` for everything else: `cardvault.keys.server` is `CARDVAULT_KEYS_SERVER`. The settings of Quarkus
      (`quarkus.*`) work as they do anywhere. A name of ours that is not on this page stops the start.

      The default profile is production: it refuses to start while something is missing or unsafe, naming all of it and
      ending with status 78. `-Dquarkus.profile=embedded` needs no setting at all; it is not for cardholder data.

      ## Environment
      | variable | meaning |
      |---|---|
      """;

  @Test
  void thePageSaysWhatTheSourcesSay() throws IOException {
    check(PAGE, page(MappedSettings.in(Path.of("src/main/java"))));
  }

  @Test
  void everySettingIsAKnownName() throws IOException {
    String names =
        MappedSettings.in(Path.of("src/main/java")).stream()
            .flatMap(section -> section.properties().stream())
            .map(property -> property.name() + "\n")
            .sorted()
            .collect(Collectors.joining());
    check(NAMES, names);
  }

  private static void check(Path file, String expected) throws IOException {
    if (System.getProperty("write") != null) {
      Files.writeString(file, expected);
    }
    assertEquals(expected, Files.readString(file), file + " has drifted: run with -Dwrite");
  }

  private static String page(List<Section> sections) {
    StringBuilder page = new StringBuilder(HEAD);
    Stream.of(Variable.values()).forEach(v -> page.append(row("`" + v.name() + "`", v.meaning())));
    for (Section section : sections) {
      page.append("\n## `").append(section.prefix()).append("`\n").append(section.meaning());
      page.append("\n\n| property | default | meaning |\n|---|---|---|\n");
      for (Property property : section.properties()) {
        String value = property.defaultValue() == null ? "" : "`" + property.defaultValue() + "`";
        page.append(row("`" + property.name() + "`", value, property.meaning()));
      }
    }
    return page.toString();
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells).replace("\n", " ") + " |\n";
  }
}
