package dev.cardvault.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.JvmOnly;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar with {@code -Dquarkus.profile=embedded}: everything in one process's care. */
@JvmOnly
final class EmbeddedStartIT {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String EMBEDDED = "-Dquarkus.profile=embedded";

  @TempDir Path data;

  @Test
  void theThreeLinesItPrintsWorkAsTheyStand() throws Exception {
    try (ServiceNode node = start()) {
      List<String> answers = pasteLines(node);

      JsonNode detokenized = new ObjectMapper().readTree(answers.get(1));
      assertEquals("4111111111111111", detokenized.at("/card/number").asText());
      List<String> actions =
          new ObjectMapper().readTree(answers.get(2)).findValuesAsText("action").stream().toList();
      assertTrue(actions.containsAll(List.of("TOKENIZE", "DETOKENIZE")), actions::toString);
    }
  }

  @Test
  void theCredentialsAreForTheOwnerAloneAndNameEachRole() throws Exception {
    try (ServiceNode node = start()) {
      Path file = data.resolve("credentials.json");
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
      JsonNode credentials = new ObjectMapper().readTree(file.toFile());
      for (String role : List.of("ivr", "billing", "compliance", "admin")) {
        assertTrue(credentials.at("/" + role + "/client_id").isTextual(), role);
        assertTrue(credentials.at("/" + role + "/client_secret").isTextual(), role);
      }
      assertEquals(4, credentials.size());
      assertTrue(node.isAlive());
    }
  }

  @Test
  void everythingSurvivesARestartAndAKill() throws Exception {
    String credentials;
    String token;
    ProcessHandle orphan;
    try (ServiceNode first = start()) {
      credentials = Files.readString(data.resolve("credentials.json"));
      token = new ObjectMapper().readTree(pasteLines(first).get(0)).at("/token").asText();
      orphan = postmaster().orElseThrow();
      first.kill();
    }
    assertTrue(orphan.isAlive(), "nobody was left to stop it");

    try (ServiceNode second = start()) {
      assertFalse(orphan.isAlive(), "it was stopped before another was started");
      assertEquals(credentials, Files.readString(data.resolve("credentials.json")));
      JsonNode again = new ObjectMapper().readTree(pasteLines(second).get(0));
      assertEquals(token, again.at("/token").asText());
      assertTrue(again.at("/deduplicated").asBoolean());
      second.terminate();
      second.awaitExit(Duration.ofSeconds(20));
    }
    assertEquals(Optional.empty(), postmaster(), "Postgres ends with the service");

    Files.writeString(
        data.resolve("postgres/postmaster.pid"), ProcessHandle.current().pid() + "\n");
    try (ServiceNode third = start()) {
      assertEquals(
          token, new ObjectMapper().readTree(pasteLines(third).get(0)).at("/token").asText());
    }
  }

  @Test
  void survivesAKillOfEverythingAtOnce() throws Exception {
    try (ServiceNode first = start()) {
      postmaster().orElseThrow().destroyForcibly();
      first.kill();
    }
    try (ServiceNode second = start()) {
      assertTrue(second.isAlive());
    }
  }

  @Test
  void aSecondProcessOnTheSameDataIsSentAway() throws Exception {
    try (ServiceNode first = start();
        ServiceNode second = launch()) {
      assertEquals(ExitCode.IN_USE.status(), second.awaitExit(LIMIT));
      assertTrue(second.errors().contains("in use by process " + first.pid()), second.errors());
      assertTrue(first.isAlive());
    }
  }

  @Test
  void bootstrapPrintsCredentialsOnceAndNothingElse() throws Exception {
    String[] command = {EMBEDDED, "bootstrap", "--tenant", "acme"};
    try (ServiceNode bootstrap = with().arguments(command).launch()) {
      assertEquals(0, bootstrap.awaitExit(LIMIT), bootstrap::errors);
      JsonNode credentials = new ObjectMapper().readTree(bootstrap.log());
      assertEquals(4, credentials.size());
    }
    try (ServiceNode again = with().arguments(command).launch()) {
      assertEquals(ExitCode.EXISTS.status(), again.awaitExit(LIMIT), again::errors);
      assertEquals("", again.log());
    }
  }

  private ServiceNode start() {
    ServiceNode node = launch().awaitListening().awaitReady(LIMIT);
    Eventually.await("instructions", LIMIT, () -> node.log().contains("as compliance"));
    return node;
  }

  private ServiceNode launch() {
    return with().arguments(EMBEDDED).launch();
  }

  private ServiceNode.Starter with() {
    return ServiceNode.with().env("CARDVAULT_DATA", data.toString());
  }

  /** What the shell answers to the printed lines, pasted: the JSON of each. */
  private List<String> pasteLines(ServiceNode node) throws IOException, InterruptedException {
    List<String> lines =
        node.log().lines().dropWhile(line -> !line.startsWith("as()")).limit(4).toList();
    Path script = Files.writeString(data.resolve("pasted.sh"), String.join("\n", lines));
    Process shell = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true).start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), output);
    return output.lines().filter(line -> line.startsWith("{")).toList();
  }

  private Optional<ProcessHandle> postmaster() {
    String folder = data.resolve("postgres").toString();
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").endsWith("postgres -D " + folder))
        .findFirst();
  }
}
