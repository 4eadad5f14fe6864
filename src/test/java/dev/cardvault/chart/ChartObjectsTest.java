package dev.cardvault.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rendered objects through Kubernetes' own types and pod security checks, and the alerts
 * through Prometheus' own parser ({@code tools/chart-check}, built by Go).
 */
final class ChartObjectsTest {

  private static final Path ALERTS = Path.of("helm/monitoring/alerts.yaml").toAbsolutePath();
  private static final Optional<String> PROGRAM = Helm.builtBy(Path.of("tools/chart-check/build"));

  @TempDir private Path folder = Path.of("");

  static Stream<Path> examples() {
    return Helm.examples().stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areWhatAClusterTakes(Path values) throws Exception {
    Helm.Run looked = check(Helm.found().template(values).output());
    assertEquals(0, looked.status(), looked::output);
    assertTrue(looked.output().matches("(?s).*objects \\d{1,2}, pods 2, of other kinds.*"));
  }

  /** So that silence of the above means something. */
  @Test
  void wouldBeRefusedWithAnUnknownFieldOrARootOrAFaultyRule() throws Exception {
    String good = Helm.found().template(Helm.chart().resolve("values.yaml")).output();
    assertTrue(
        check(good.replace("runAsNonRoot: true", "runAsNonRoot: false"))
            .output()
            .contains("not restricted"));
    assertTrue(
        check(good.replace("enableServiceLinks:", "enableServiceLynx:"))
            .output()
            .contains("unknown field"));
    Path rules =
        Files.writeString(
            folder.resolve("rules.yaml"), Files.readString(ALERTS).replace("absent(", "absent(("));
    assertEquals(1, check(good, rules).status());
  }

  private Helm.Run check(String objects) throws IOException, InterruptedException {
    return check(objects, ALERTS);
  }

  private Helm.Run check(String objects, Path rules) throws IOException, InterruptedException {
    Assumptions.assumeTrue(PROGRAM.isPresent(), "There is no Go");
    Path input = Files.writeString(folder.resolve("objects.yaml"), objects);
    Process process =
        new ProcessBuilder(List.of(PROGRAM.orElseThrow(), rules.toString()))
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Helm.Run(process.waitFor(), output);
  }
}
