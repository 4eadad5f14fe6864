package dev.cardvault.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.sequencer.LogNode;
import dev.cardvault.sequencer.TestLogKeys;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.StoppedClock;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import dev.cardvault.verifier.ExportCheck;
import dev.cardvault.verifier.FolderCheck;
import dev.cardvault.verifier.TamperedException;
import dev.cardvault.verifier.UndecidedException;
import dev.cardvault.verifier.Verdict;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A month of five months ago leaves a real database, or stays. */
final class ArchiverTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final LocalDate OLD =
      LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).minusMonths(5);
  private static final int MANY = 700;

  @TempDir private Path temp;

  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final TenantId other = new TenantId(UUID.randomUUID());
  private LogNode node;
  private Archiver archiver;

  @BeforeEach
  void start() {
    for (TenantId one : List.of(tenant, other)) {
      database.execute(
          "INSERT INTO tenant (id, name, created_at) VALUES ('%1$s', 't-%1$s', now())"
              .formatted(one));
    }
    database.execute("SELECT audit_month('" + OLD + "')");
    node =
        new LogNode(
                database,
                new TestLogKeys(),
                Map.of(
                    "cardvault.audit-log.checkpoint-every", "10ms",
                    "cardvault.audit-anchor.file", temp.resolve("anchor").toString(),
                    "cardvault.audit-anchor.every", "10ms"))
            .start();
    archiver = archiver(Clock.systemUTC());
    write(tenant, OLD.plusDays(3), MANY);
    write(other, OLD.plusDays(4), 3);
    node.write(tenant, 20);
    awaitProofs(tenant, MANY + 20);
    awaitProofs(other, 3);
  }

  @AfterEach
  void stop() throws InterruptedException {
    node.close();
  }

  private Archiver archiver(Clock clock) {
    return new Archiver(
        node.database, node.tenants, node.events, node.reader, node.audit, settings(), clock);
  }

  private RetentionConfig settings() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RetentionConfig.class)
        .withSources(
            new PropertiesConfigSource(
                Map.of("cardvault.retention.folder", temp.resolve("archive").toString()),
                "test",
                100))
        .build()
        .getConfigMapping(RetentionConfig.class);
  }

  private void write(TenantId whose, LocalDate day, int count) {
    AuditLog log = StoppedClock.logAt(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    AuditEvent event =
        AuditEvent.of(whose, Action.TOKENIZE).client("cli_1").actor("ivr").subject("s").granted();
    node.tenants.inTransaction(
        whose, connection -> log.append(connection, Collections.nCopies(count, event)));
  }

  private void awaitProofs(TenantId whose, long count) {
    Eventually.await("each event has its place", SOON, () -> placed(whose) >= count);
    Instant end = Instant.now().plusSeconds(1);
    Eventually.await("signed", SOON, () -> isProven(whose, end));
  }

  private boolean isProven(TenantId whose, Instant end) {
    try {
      return node.events.numbers(whose, Instant.EPOCH, end).isPresent();
    } catch (ProblemException notYet) {
      return false;
    }
  }

  private long placed(TenantId whose) {
    return number("SELECT count(*) FROM audit_leaf WHERE tenant_id = '" + whose + "'");
  }

  private long number(String sql) {
    try (var connection = database.asOwner().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String name() {
    return "audit_event_" + OLD.toString().substring(0, 7).replace('-', '_');
  }

  private boolean isOnline() {
    return number("SELECT count(*) FROM pg_class WHERE relname = '" + name() + "'") == 1;
  }

  private List<Path> archives() {
    try (Stream<Path> files = Files.walk(temp.resolve("archive").resolve(OLD.toString()))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private void letGo() {
    Eventually.await(
        "the month has left",
        SOON,
        () -> {
          archiver.keepHouse();
          return !isOnline();
        });
  }

  private Verdict checkLog() throws Exception {
    Path folder = temp.resolve("log-" + UUID.randomUUID());
    node.export.write(folder);
    return new FolderCheck(folder, keys(), List.of(), done -> {}).check();
  }

  private Verdict check(Path file) throws TamperedException, UndecidedException {
    return new ExportCheck(file, keys(), done -> {}).check();
  }

  private List<NoteKey> keys() {
    return node.reader.keys();
  }

  @Test
  @Promise("P4")
  void anOldMonthLeavesAsVerifiedFilesAndEveryProofStillHolds() throws Exception {
    final long leaves = placed(tenant);
    letGo();

    assertEquals(2, archives().size(), "one for each tenant");
    long archived = 0;
    for (Path file : archives()) {
      archived += check(file).leaves();
      String sha256 =
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
      assertEquals(
          1,
          number(
              "SELECT count(*) FROM audit_event WHERE action = 'AUDIT_ARCHIVE' AND subject LIKE '%"
                  + sha256
                  + "'"),
          "the log has the file's hash");
    }
    assertEquals(MANY + 3, archived);
    assertEquals(20, number("SELECT count(*) FROM audit_event WHERE action = 'TOKENIZE'"));
    assertTrue(placed(tenant) > leaves, "its leaves stay, and the archive's event has one");
    assertEquals(2, number("SELECT count(*) FROM audit_archive WHERE dropped_at IS NOT NULL"));
    Eventually.await("the log is whole", SOON, () -> isGood());
  }

  private boolean isGood() {
    try {
      return checkLog().leaves() > 0;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anEditedArchiveIsNamed() throws Exception {
    letGo();
    Path file = archives().get(0);
    List<String> lines = Files.readAllLines(file);
    lines.set(1, lines.get(1).replace("\"action\":\"TOKENIZE\"", "\"action\":\"LOGIN\""));
    Files.write(file, lines);
    assertEquals(
        "the event is not the one that was proven",
        assertThrows(TamperedException.class, () -> check(file)).reason());
  }

  @Test
  @Promise("P4")
  void aMonthDeletedByHandIsFound() throws Exception {
    database.execute("DELETE FROM " + name() + " WHERE tenant_id = '" + other + "'");
    assertTrue(
        assertThrows(TamperedException.class, this::checkLog).reason().contains("row is gone"));
  }

  @Test
  void aLegalHoldKeepsTheMonth() {
    place(other);
    archiver.keepHouse();
    archiver.keepHouse();
    assertTrue(isOnline());
    database.execute("UPDATE legal_hold SET released_at = now(), released_by = 'cli_1'");
    letGo();
  }

  private void place(TenantId whose) {
    database.execute(
        "INSERT INTO legal_hold (id, tenant_id, reason, placed_at, placed_by) VALUES"
            + " (gen_random_uuid(), '%s', 'a case', now(), 'cli_1')".formatted(whose));
  }

  @Test
  void theDatabaseDropsNothingThatIsNotArchivedAndAnchored() throws Exception {
    assertRefused("not every event is archived");
    LocalDate young = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1).minusMonths(3);
    assertRefused("is not old enough", young);

    // An anchor that has fallen behind keeps it.
    database.execute("INSERT INTO audit_anchor VALUES ('another', 1, now(), '')");
    archiver.keepHouse();
    assertEquals(2, number("SELECT count(*) FROM audit_archive"));
    assertRefused("the archives are not anchored");
    database.execute("DELETE FROM audit_anchor WHERE anchor = 'another'");
    place(tenant);
    assertRefused("a legal hold stands");
    database.execute("DELETE FROM legal_hold");
    write(tenant, OLD.plusDays(9), 1);
    Eventually.await(
        "the late event counts",
        SOON,
        () -> messageOf(OLD).contains("not every event is archived"));
    assertTrue(isOnline());
    assertEquals(
        "42501",
        assertThrows(
                SQLException.class,
                () -> run("cardvault_app", "SELECT audit_month_drop('" + OLD + "')"))
            .getSQLState());
  }

  @Test
  void archivesAreDeletedWhenTheyAreOldAndNoHoldStands() {
    letGo();
    Clock nextYear = Clock.offset(Clock.systemUTC(), Duration.ofDays(31 * 15));
    place(tenant);
    archiver(nextYear).keepHouse();
    assertEquals(1, archives().size(), "the one under a hold");
    database.execute("DELETE FROM legal_hold");
    archiver(nextYear).keepHouse();
    assertEquals(List.of(), archives());
    assertEquals(
        2, number("SELECT count(*) FROM audit_event WHERE action = 'AUDIT_ARCHIVE_DELETE'"));
  }

  @Test
  void aFolderThatCannotBeWrittenKeepsTheMonth() throws IOException {
    Files.writeString(temp.resolve("archive"), "in the way");
    archiver.keepHouse();
    assertTrue(isOnline());
    assertEquals(0, number("SELECT count(*) FROM audit_archive"));
    assertFalse(Files.isDirectory(temp.resolve("archive")));
  }

  private void assertRefused(String why) {
    assertRefused(why, OLD);
  }

  private void assertRefused(String why, LocalDate month) {
    assertTrue(messageOf(month).contains(why), messageOf(month));
  }

  private String messageOf(LocalDate month) {
    return String.valueOf(assertThrows(SQLException.class, () -> drop(month)).getMessage());
  }

  private void drop(LocalDate month) throws SQLException {
    run("cardvault_privacy", "SELECT audit_month_drop('" + month + "')");
  }

  private void run(String role, String sql) throws SQLException {
    try (var connection = database.as(role).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
