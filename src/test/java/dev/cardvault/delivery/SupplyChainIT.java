package dev.cardvault.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.testing.JvmOnly;
import dev.cardvault.testing.ServiceNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials tells of every jar in the package, by its hash. Left out with -Dquick. */
@JvmOnly
final class SupplyChainIT {

  private static final Path TARGET = ServiceNode.application().resolveSibling("sbom");
  private static final Path LICENSES = ServiceNode.application().resolveSibling("licenses");

  // Quarkus adds it by itself to an application that has both Flyway and Postgres; Maven never sees
  // it.
  private static final String ADDED_BY_QUARKUS =
      "io\\.quarkus\\.quarkus-flyway-postgresql-[0-9.]+\\.jar";

  private JsonNode bill = new ObjectMapper().missingNode();

  @BeforeEach
  void read() throws IOException {
    Path file = TARGET.resolve("bom.json");
    Assumptions.assumeTrue(Files.exists(file), "-Dquick makes no bill of materials");
    bill = new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void everyJarOfThePackageIsOnTheBill() throws IOException, GeneralSecurityException {
    Map<String, String> names = new HashMap<>();
    for (JsonNode component : bill.path("components")) {
      for (JsonNode hash : component.path("hashes")) {
        if (hash.path("alg").asText().equals("SHA-256")) {
          names.put(hash.path("content").asText(), component.path("name").asText());
        }
      }
    }
    Set<String> missing = new TreeSet<>();
    int jars = 0;
    try (Stream<Path> files = Files.walk(ServiceNode.application().resolve("lib"))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        jars++;
        if (!names.containsKey(sha256(jar))) {
          missing.add(jar.getFileName().toString());
        }
      }
    }
    assertTrue(jars > 100, "jars were looked at");
    missing.removeIf(name -> name.matches(ADDED_BY_QUARKUS));
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyComponentHasALicenceAndAnAddress() {
    for (JsonNode component : bill.path("components")) {
      String name = component.path("name").asText();
      assertFalse(component.path("licenses").isEmpty(), () -> name + " has no licence");
      assertTrue(component.path("purl").asText().startsWith("pkg:maven/"), name);
    }
  }

  @Test
  void theLicencesAreReported() throws IOException {
    List<String> lines = Files.readAllLines(LICENSES.resolve("THIRD-PARTY.txt"));
    assertTrue(lines.stream().filter(line -> line.contains("(org.")).count() > 20);
    assertTrue(lines.stream().noneMatch(line -> line.contains("Unknown license")));
  }

  @Test
  void itTellsNoTimeSoThatTwoBuildsAgree() {
    assertTrue(bill.at("/metadata/timestamp").isMissingNode());
  }

  private static String sha256(Path file) throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
  }
}
