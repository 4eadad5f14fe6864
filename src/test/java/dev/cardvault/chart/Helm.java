package dev.cardvault.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Helm 4: the one on the path, or one that Go builds from {@code tools/helm}. Without either, the
 * tests of the chart are skipped, and one loud line tells so.
 */
final class Helm {

  private static final Path CHART = Path.of("helm").toAbsolutePath();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Optional<String> PROGRAM = find();

  private final String program;

  private Helm(String program) {
    this.program = program;
  }

  /**
   * How a run ended.
   *
   * @param status its exit status
   * @param output what it wrote, errors included
   */
  record Run(int status, String output) {}

  /** The one there is; skips the test when there is none. */
  static Helm found() {
    Assumptions.assumeTrue(PROGRAM.isPresent(), "There is no Helm 4");
    return new Helm(PROGRAM.orElseThrow());
  }

  /** The chart's folder. */
  static Path chart() {
    return CHART;
  }

  /** Every file of values: the chart's own and the examples beside it. */
  static List<Path> examples() {
    try (Stream<Path> files = Files.list(CHART)) {
      return files
          .filter(file -> file.getFileName().toString().matches("values(-[a-z-]+)?\\.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks for faults of form. */
  Run lint(Path values) {
    return run("lint", "--strict", CHART.toString(), "-f", values.toString());
  }

  /** The objects an installation with these values makes. */
  Rendered render(Path values, String... more) {
    Run rendered = template(values, more);
    if (rendered.status() != 0) {
      throw new AssertionError(rendered.output());
    }
    return new Rendered(documents(rendered.output()));
  }

  /** What rendering says, well or not. */
  Run template(Path values, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "template", "cardvault", CHART.toString(), "-n", "vault", "-f", values.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private Run run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    return start(command);
  }

  private static List<JsonNode> documents(String text) {
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(text)) {
      return all.readAll().stream().filter(JsonNode::isObject).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> find() {
    return onPath("helm")
        .filter(helm -> start(List.of(helm, "version", "--short")).output().startsWith("v4"))
        .or(() -> builtBy(Path.of("tools/helm/build")));
  }

  /** The program that a script of {@code tools} builds with Go; nothing, loudly, without Go. */
  static Optional<String> builtBy(Path script) {
    Run build =
        onPath("go").isPresent()
            ? start(List.of(script.toAbsolutePath().toString()))
            : new Run(1, "there is no Go");
    if (build.status() != 0) {
      System.err.println(
          "NO HELM FOUND: tests of the chart are SKIPPED: " + script + ": " + build.output());
      return Optional.empty();
    }
    List<String> lines = build.output().lines().toList();
    return Optional.of(lines.get(lines.size() - 1));
  }

  private static Optional<String> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  private static Run start(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Run(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
