package dev.cardvault.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.verifier.ExportCheck;
import dev.cardvault.verifier.TamperedException;
import dev.cardvault.verifier.Verdict;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Backing.class)
class ExportEndpointsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ALL =
      "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2100-01-01T00:00:00Z\",\"format\":\"%s\"}";
  private static final String PAN = "4111111111111111";

  @Inject TestTenants tenants;

  @TempDir private Path temp;

  private Roles roles;

  @BeforeEach
  void makeATenant() {
    roles = Roles.ofNewTenant(tenants);
  }

  @FaultCase(49)
  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "csv", "ocsf", "cef"})
  void exportsEveryEventAndNoCardNumber(String format) throws Exception {
    String token =
        roles
            .billing()
            .body("{\"card\":{\"number\":\"" + PAN + "\"}}")
            .post("/v1/tokens")
            .then()
            .extract()
            .path("token");
    roles
        .billing()
        .body(
            "{\"token\":\"%s\",\"reveal\":\"full\",\"purpose\":\"charge\",\"reference\":{\"type\":\"order\",\"id\":\"=1+1\"}}"
                .formatted(token))
        .post("/v1/detokenize")
        .then()
        .statusCode(200);
    List<String> before = actions();
    String id = done(begin(format));

    byte[] file = download(id);
    String text = new String(file, StandardCharsets.UTF_8);
    int head = format.equals("csv") ? 1 : 0;
    // What was written since includes the export's own event, and the look at the log.
    assertTrue(text.lines().count() - head >= before.size(), text);
    assertFalse(text.contains(PAN) || text.contains(token), "It names tokens by their ids");
    assertTrue(text.contains("DETOKENIZE") && text.contains("AUDIT_EXPORT"), text);
    if (format.equals("csv")) {
      assertTrue(text.contains("\"'=1+1\""), text);
    }
    JsonNode job = job(id);
    assertEquals(text.lines().count() - head, job.path("result").path("rows").asLong());
    assertEquals(
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)),
        job.path("result").path("sha256").asText());
    roles
        .compliance()
        .get("/v1/audit-events?action=AUDIT_EXPORT")
        .then()
        .body("data.subject", hasItems(id + " begun as " + format, id + " fetched"));
  }

  @Test
  void exportsEventsThatProveThemselves() throws Exception {
    roles.ivr().body("{\"card\":{\"number\":\"" + PAN + "\"}}").post("/v1/tokens");
    String id = done(beginAs(ALL.formatted("ndjson").replace("}", ",\"proofs\":true}")));
    List<String> lines = new String(download(id), StandardCharsets.UTF_8).lines().toList();
    assertTrue(lines.size() >= 5, "four logins, and a token");
    assertEquals(lines.size(), check(lines).leaves());
    assertEquals(lines.size(), job(id).path("result").path("rows").asLong());

    List<String> edited = new ArrayList<>(lines);
    edited.replaceAll(line -> line.replace("\"action\":\"TOKENIZE\"", "\"action\":\"LOOKUP\""));
    assertEquals(
        "the event is not the one that was proven",
        assertThrows(TamperedException.class, () -> check(edited)).reason());
    List<String> shortened = new ArrayList<>(lines);
    shortened.remove(1);
    assertTrue(
        assertThrows(TamperedException.class, () -> check(shortened))
            .reason()
            .contains("number 2 must follow"));
  }

  private Verdict check(List<String> lines) throws Exception {
    Path file = Files.write(temp.resolve("events.ndjson"), lines);
    List<NoteKey> keys =
        roles.compliance().get("/audit-log/key").asString().lines().map(NoteKey::parse).toList();
    return new ExportCheck(file, keys, done -> {}).check();
  }

  @Test
  void keepsExportsToTheTenantAndToThoseWhoMay() {
    String id = done(begin("ndjson"));
    Roles others = Roles.ofNewTenant(tenants);
    others.compliance().get("/v1/jobs/" + id).then().statusCode(404);
    others.compliance().get("/v1/jobs/" + id + "/download").then().statusCode(404);
    roles.admin().get("/v1/jobs/" + id).then().statusCode(403);
    roles.admin().body(ALL.formatted("csv")).post("/v1/audit-exports").then().statusCode(403);
    roles.compliance().get("/v1/jobs?limit=5").then().statusCode(200).body("data.id", hasItem(id));
    roles.compliance().post("/v1/jobs/" + id + "/cancel").then().statusCode(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
        "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2027-01-01T00:00:00Z\",\"format\":\"xml\"}",
        "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2027-01-01T00:00:00Z\",\"format\":\"csv\",\"proofs\":true}",
        "{\"from\":\"yesterday\",\"to\":\"2027-01-01T00:00:00Z\"}"
      })
  void refusesAWishThatMakesNoSense(String body) {
    roles.compliance().body(body).post("/v1/audit-exports").then().statusCode(400);
  }

  private String begin(String format) {
    return beginAs(ALL.formatted(format));
  }

  private String beginAs(String wish) {
    return roles
        .compliance()
        .body(wish)
        .post("/v1/audit-exports")
        .then()
        .statusCode(202)
        .body("type", equalTo("export"))
        .extract()
        .path("id");
  }

  private String done(String id) {
    Eventually.await(
        "the export is done",
        PATIENCE,
        () -> roles.compliance().get("/v1/jobs/" + id).path("state").equals("done"));
    return id;
  }

  private JsonNode job(String id) throws IOException {
    return new ObjectMapper()
        .readTree(roles.compliance().get("/v1/jobs/" + id).then().extract().asString());
  }

  private byte[] download(String id) {
    return roles
        .compliance()
        .get("/v1/jobs/" + id + "/download")
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .extract()
        .asByteArray();
  }

  private List<String> actions() {
    return roles
        .compliance()
        .get("/v1/audit-events?limit=100")
        .then()
        .extract()
        .jsonPath()
        .getList("data.action");
  }
}
