package dev.cardvault.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import dev.cardvault.verifier.FolderCheck;
import dev.cardvault.verifier.TamperedException;
import dev.cardvault.verifier.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole log as an assessor gets it, honest and edited by a superuser of the database. */
final class LogExportTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int EVENTS = 600;

  @TempDir private Path temp;

  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private LogNode node;
  private int exports;
  private int written;

  @BeforeEach
  void fill() {
    node =
        new LogNode(
            database,
            new TestLogKeys(),
            Map.of(
                "cardvault.audit-log.checkpoint-every", "10ms",
                "cardvault.audit-anchor.file", temp.resolve("anchor").toString(),
                "cardvault.audit-anchor.every", "10ms"));
    node.start();
    writeAndSign(EVENTS / 3);
    writeAndSign(EVENTS);
    Eventually.await("anchored", SOON, () -> anchored().contains("\n" + (EVENTS + 1) + "\n"));
  }

  private void writeAndSign(int upTo) {
    while (written < upTo) {
      node.write(tenant, 20);
      written += 20;
    }
    // And the log's own key.
    String size = "\n" + (upTo + 1) + "\n";
    Eventually.await("signed", SOON, () -> node.reader.checkpoint().toString().contains(size));
  }

  @AfterEach
  void stop() throws InterruptedException {
    node.close();
  }

  private String anchored() {
    try {
      Path file = temp.resolve("anchor");
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path export() throws Exception {
    Path folder = temp.resolve("export" + exports++);
    node.export.write(folder);
    return folder;
  }

  private Verdict check(Path folder) throws Exception {
    return new FolderCheck(folder, node.reader.keys(), List.of(), done -> {}).check();
  }

  private void assertFound(String edit, long index, String reason) throws Exception {
    database.execute("CREATE TABLE kept_event AS SELECT * FROM audit_event");
    database.execute("CREATE TABLE kept_leaf AS SELECT * FROM audit_leaf");
    database.execute("CREATE TABLE kept_tile AS SELECT * FROM audit_tile");
    database.execute(edit);
    Path folder = export();
    TamperedException found = assertThrows(TamperedException.class, () -> check(folder), edit);
    assertTrue(found.reason().contains(reason), edit + ": " + found.reason());
    assertEquals(index, found.index(), edit + ": " + found.reason());
    for (String table : List.of("event", "leaf", "tile")) {
      database.execute(
          "TRUNCATE audit_%1$s; INSERT INTO audit_%1$s SELECT * FROM kept_%1$s; DROP TABLE kept_%1$s"
              .formatted(table));
    }
  }

  @Test
  void anHonestLogIsGoodAndItsExportOnRecord() throws Exception {
    Verdict verdict = check(export());
    assertTrue(verdict.leaves() >= EVENTS + 1, verdict.text());
    assertEquals(0, verdict.hidden());
    assertEquals(verdict.leaves(), verdict.words());
    assertTrue(verdict.checkpoints() > 0 && verdict.anchors() > 0, verdict.text());
    Eventually.await(
        "the export's own event",
        SOON,
        () -> {
          try {
            return Files.readString(export().resolve("words.ndjson")).contains("AUDIT_EXPORT");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesWhateverASuperuserEdits() throws Exception {
    node.close();
    String event = "(SELECT event_id FROM audit_leaf WHERE idx = 407)";
    assertFound(
        "UPDATE audit_event SET outcome = 'DENIED' WHERE id = " + event, 407, "row was edited");
    assertFound(
        "UPDATE audit_event SET actor = 'somebody else' WHERE id = " + event,
        407,
        "the text of actor");
    assertFound("DELETE FROM audit_event WHERE id = " + event, 407, "row is gone");
    assertFound(
        "UPDATE audit_leaf SET leaf = set_byte(leaf, 40, get_byte(leaf, 40) # 1) WHERE idx = 407",
        407,
        "the text of actor");
    assertFound(
        "UPDATE audit_leaf SET idx = -idx WHERE idx IN (407, 409);"
            + " UPDATE audit_leaf SET idx = CASE idx WHEN -407 THEN 409 ELSE 407 END WHERE idx < 0",
        407,
        "its place is 409");
    assertFound(
        "DELETE FROM audit_leaf WHERE idx = 500;"
            + " UPDATE audit_leaf SET idx = -(idx - 1) WHERE idx > 500;"
            + " UPDATE audit_leaf SET idx = -idx WHERE idx < 0",
        500,
        "its place is 501");
    assertFound("DELETE FROM audit_leaf WHERE idx >= 590", 590, "says that there are");
  }

  @Test
  @FaultCase(28)
  @Promise("P4")
  void aCutTailIsFoundByWhatIsKeptOutside() throws Exception {
    node.close();
    database.execute(
        "DELETE FROM audit_leaf WHERE idx >= (SELECT min(size) FROM audit_checkpoint WHERE size >"
            + " 100); UPDATE audit_state SET size = (SELECT min(size) FROM audit_checkpoint WHERE"
            + " size > 100); DELETE FROM audit_checkpoint WHERE size > (SELECT size FROM"
            + " audit_state); DELETE FROM audit_anchor");
    Path folder = export();
    TamperedException found =
        assertThrows(
            TamperedException.class,
            () ->
                new FolderCheck(
                        folder, node.reader.keys(), List.of(temp.resolve("anchor")), d -> {})
                    .check());
    assertTrue(found.reason().contains("the anchor anchor says"), found.reason());
  }
}
