package dev.cardvault.api;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.EntryBundle;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.TilePath;
import dev.cardvault.ledger.TlogProof;
import dev.cardvault.ledger.Tree;
import dev.cardvault.ledger.TreeHash;
import dev.cardvault.testing.Backing;
import dev.cardvault.testing.Eventually;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anybody, and what a tenant, can read of the proven log; and what others make of it. */
@QuarkusTest
@QuarkusTestResource(Backing.class)
final class LogEndpointsTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Inject TestTenants tenants;
  @TempDir Path temp;

  private Roles roles;

  @BeforeEach
  void logIn() {
    roles = Roles.ofNewTenant(tenants);
  }

  private static String anybody(String path) {
    return given().get(path).then().statusCode(200).extract().asString();
  }

  private static List<NoteKey> keys() {
    return anybody("/audit-log/key").lines().map(NoteKey::parse).toList();
  }

  /** The newest event of the tenant. */
  private String event() {
    return roles
        .compliance()
        .get("/v1/audit-events?limit=1")
        .then()
        .statusCode(200)
        .extract()
        .path("data[0].id");
  }

  private String proof(String event) {
    String path = "/v1/audit-events/" + event + "/proof";
    Eventually.await("a proof", SOON, () -> roles.compliance().get(path).statusCode() == 200);
    return roles.compliance().get(path).asString();
  }

  @Test
  void provesAnEventToWhoeverHoldsTheKey() {
    TlogProof proof = TlogProof.parse(proof(event()));
    assertTrue(proof.holds());
    assertTrue(Checkpoint.isSigned(proof.note(), keys()));
    assertEquals(proof.index(), AuditLeaf.parse(proof.leaf()).index());
  }

  @Test
  void proofsOfOthersAreNotThere() {
    String event = event();
    Roles other = Roles.ofNewTenant(tenants);
    other.compliance().get("/v1/audit-events/" + event + "/proof").then().statusCode(404);
    roles.ivr().get("/v1/audit-events/" + event + "/proof").then().statusCode(403);
  }

  @Test
  void numbersATenantsEventsWithoutGaps() throws Exception {
    proof(event());
    String lines =
        roles
            .compliance()
            .get("/v1/audit-proofs?from=1&limit=100")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    Path file = temp.resolve("proofs.ndjson");
    Files.writeString(file, lines);
    var verdict = new dev.cardvault.verifier.ExportCheck(file, keys(), done -> {}).check();
    assertEquals(lines.lines().count(), verdict.leaves());
    assertTrue(verdict.leaves() >= 4, "four logins at least");
    List<String> gap = new ArrayList<>(lines.lines().toList());
    gap.remove(1);
    Files.write(file, gap);
    var found =
        org.junit.jupiter.api.Assertions.assertThrows(
            dev.cardvault.verifier.TamperedException.class,
            () -> new dev.cardvault.verifier.ExportCheck(file, keys(), done -> {}).check());
    assertTrue(found.reason().contains("number 2 must follow"), found.reason());
  }

  @Test
  void servesTilesThatMakeTheSignedRoot() {
    proof(event());
    Note note = Note.parse(anybody("/audit-log/checkpoint"));
    assertTrue(Checkpoint.isSigned(note, keys()));
    Checkpoint checkpoint = Checkpoint.of(note);
    Tree<RuntimeException> tree =
        new Tree<>(
            checkpoint.size(),
            (level, index, width) ->
                Tile.of(
                    level,
                    index,
                    given()
                        .urlEncodingEnabled(false)
                        .get("/audit-log/tile/" + new TilePath(level, index, width))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray()));
    assertEquals(checkpoint.root(), tree.root());
    given().get("/audit-log/tile/0/x999/999/999").then().statusCode(404);
    given().get("/audit-log/tile/9/000").then().statusCode(404);
  }

  @Test
  void showsATenantItsOwnEntriesAlone() {
    TlogProof proof = TlogProof.parse(proof(event()));
    Checkpoint checkpoint = proof.checkpoint();
    long bundle = proof.index() / Tile.WIDTH;
    int width = Tile.width(0, bundle, checkpoint.size());
    String path = "/audit-log/tile/" + new TilePath(TilePath.ENTRIES, bundle, width);
    given().urlEncodingEnabled(false).get(path).then().statusCode(401);
    List<byte[]> entries =
        EntryBundle.read(
            roles
                .compliance()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    assertEquals(width, entries.size());
    assertArrayEquals(proof.leaf(), entries.get((int) (proof.index() % Tile.WIDTH)));
    String tenant = AuditLeaf.parse(proof.leaf()).tenant();
    for (byte[] entry : entries) {
      assertTrue(entry.length == 0 || AuditLeaf.parse(entry).tenant().equals(tenant));
    }
    assertEquals(32, new TreeHash().leaf(entries.get(0)).toBytes().length);
  }

  @Test
  void anotherImplementationAgrees() throws Exception {
    Path reader = reader();
    Path proof = Files.writeString(temp.resolve("event.tlog-proof"), proof(event()));
    Path checkpoint =
        Files.writeString(temp.resolve("checkpoint"), anybody("/audit-log/checkpoint"));
    List<NoteKey> keys = keys();
    String key = keys.get(keys.size() - 1).text();
    assertEquals(0, run(reader, "-key", key, "-checkpoint", checkpoint + "", "-proof", proof + ""));
    String text = Files.readString(proof);
    int index = text.indexOf("index ");
    Files.writeString(
        proof, text.substring(0, index) + "index 0" + text.substring(text.indexOf('\n', index)));
    assertEquals(1, run(reader, "-key", key, "-proof", proof.toString()));
    Files.writeString(checkpoint, Files.readString(checkpoint).replaceFirst("\n[0-9]+\n", "\n1\n"));
    assertEquals(1, run(reader, "-key", key, "-checkpoint", checkpoint.toString()));
  }

  /** The program in tools/checkpoint-reader; skips, loudly, without a Go toolchain. */
  private Path reader() throws IOException, InterruptedException {
    Path program = temp.resolve("checkpoint-reader");
    ProcessBuilder build =
        new ProcessBuilder("go", "build", "-mod=mod", "-o", program.toString(), ".")
            .directory(Path.of("tools/checkpoint-reader").toFile())
            .inheritIO();
    try {
      assertEquals(0, build.start().waitFor());
    } catch (IOException noGo) {
      System.err.println("SKIPPED: another implementation, for want of Go");
      Assumptions.abort("no Go toolchain");
    }
    return program;
  }

  private int run(Path program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = temp.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertTrue(
        Files.readString(output, StandardCharsets.UTF_8).length() > 0, "It says what it found");
    return process.exitValue();
  }
}
