package dev.cardvault.chart;

import static dev.cardvault.chart.Rendered.stream;
import static dev.cardvault.chart.Rendered.within;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The example for one machine with Docker: as hardened as the chart, and with files that exist. */
final class ComposeTest {

  private static final Path FOLDER = Path.of("docs/compose");
  private static final JsonNode COMPOSE = read(FOLDER.resolve("compose.yaml"));
  private static final Set<String> OURS = Set.of("migrate", "bootstrap", "cardvault");

  @Test
  void runsNothingAsRootAndNothingThatMoves() {
    assertEquals(
        Set.of("postgres", "vault", "migrate", "bootstrap", "cardvault", "prometheus"),
        services().keySet());
    services()
        .forEach(
            (name, service) -> {
              assertTrue(service.path("user").asText().matches("[1-9]\\d*:[1-9]\\d*"), name);
              assertTrue(service.path("read_only").asBoolean(), name);
              assertEquals("[\"ALL\"]", service.path("cap_drop").toString(), name);
              assertEquals(
                  "[\"no-new-privileges:true\"]", service.path("security_opt").toString(), name);
              assertFalse(service.has("privileged") || service.has("cap_add"), name);
              String image = service.path("image").asText();
              assertTrue(image.matches(".+:v?\\d+\\.\\d+(\\.\\d+)?"), image);
            });
  }

  @Test
  void keepsEverySecretInTheStateFolder() {
    services()
        .forEach(
            (name, service) ->
                service
                    .path("environment")
                    .properties()
                    .forEach(
                        variable ->
                            assertFalse(
                                variable.getKey().matches(".*(PASSWORD|SECRET_ID|TOKEN)"),
                                () -> name + ": " + variable.getKey())));
    Stream.concat(
            stream(COMPOSE.path("secrets")).map(secret -> secret.path("file").asText()),
            services().values().stream()
                .flatMap(service -> stream(service.path("env_file")))
                .map(JsonNode::asText))
        .forEach(file -> assertTrue(file.startsWith("./state/"), file));
  }

  @Test
  void setsOnlyWhatTheServiceKnows() {
    Set<String> known = KnownSettings.variables();
    for (String ours : OURS) {
      Set<String> unknown = new TreeSet<>();
      services()
          .getOrDefault(ours, COMPOSE)
          .path("environment")
          .properties()
          .forEach(variable -> unknown.add(variable.getKey()));
      unknown.removeIf(name -> known.contains(name) || name.startsWith("QUARKUS_"));
      assertEquals(Set.of(), unknown, ours);
    }
  }

  @Test
  void mountsFilesThatExist() {
    services()
        .forEach(
            (name, service) ->
                stream(service.path("volumes"))
                    .map(volume -> volume.asText().split(":", 2)[0])
                    .filter(source -> source.startsWith(".") && !source.startsWith("./state/"))
                    .forEach(
                        source -> assertTrue(Files.isRegularFile(FOLDER.resolve(source)), source)));
  }

  /** Compose runs nothing, {@code exec} included, while a file that a service reads is missing. */
  @Test
  void makesEveryFileBeforeComposeIsFirstAsked(@TempDir Path folder) throws Exception {
    Path script = Files.copy(FOLDER.resolve("setup.sh"), folder.resolve("setup.sh"));
    Process setup =
        new ProcessBuilder("bash", script.toString(), "files")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("told").toFile())
            .start();
    assertEquals(0, setup.waitFor(), () -> text(folder.resolve("told")));
    Stream<JsonNode> read =
        services().values().stream()
            .filter(service -> !service.has("profiles"))
            .flatMap(
                service ->
                    Stream.concat(
                        stream(service.path("env_file")), stream(service.path("volumes"))));
    Stream.concat(
            read.map(JsonNode::asText).map(file -> file.split(":", 2)[0]),
            stream(COMPOSE.path("secrets")).map(secret -> secret.path("file").asText()))
        .filter(file -> file.startsWith("./state/"))
        .forEach(file -> assertTrue(Files.isRegularFile(folder.resolve(file)), file));
  }

  @Test
  void isSeenFromThisMachineAloneAndKeepsPostgresInside() {
    assertTrue(COMPOSE.at("/networks/inside/internal").asBoolean());
    services()
        .forEach(
            (name, service) ->
                stream(service.path("ports"))
                    .forEach(port -> assertTrue(port.asText().startsWith("127.0.0.1:"), name)));
    assertEquals(
        "[\"inside\"]", services().getOrDefault("postgres", COMPOSE).path("networks").toString());
    assertFalse(
        services().values().stream()
            .flatMap(service -> stream(service.path("ports")))
            .anyMatch(port -> port.asText().matches(".*:(9000|5432)")),
        "management and Postgres are on the inner network only");
  }

  @Test
  void scrapesTheJobThatAlertsAreAbout() {
    JsonNode prometheus = read(FOLDER.resolve("prometheus.yaml"));
    JsonNode scrape = prometheus.at("/scrape_configs/0");
    assertEquals("cardvault", scrape.path("job_name").asText());
    assertEquals("/q/metrics", scrape.path("metrics_path").asText());
    assertTrue(within(scrape).anyMatch(node -> node.asText().equals("cardvault:9000")));
  }

  private static Map<String, JsonNode> services() {
    Map<String, JsonNode> services = new TreeMap<>();
    COMPOSE.path("services").properties().forEach(s -> services.put(s.getKey(), s.getValue()));
    return services;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Merge keys (<<) are SnakeYAML's to resolve.
  private static JsonNode read(Path file) {
    Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
    return new ObjectMapper().valueToTree(loaded);
  }
}
