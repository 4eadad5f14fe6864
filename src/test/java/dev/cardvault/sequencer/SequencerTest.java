package dev.cardvault.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Commitment;
import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.TreeHash;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.Eventually;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sequencer on a real Postgres. */
final class SequencerTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Map<String, String> QUICK =
      Map.of(
          "cardvault.audit-log.poll", "20ms",
          "cardvault.audit-log.lease", "1s",
          "cardvault.audit-log.checkpoint-every", "50ms",
          "cardvault.audit-log.origin", "test.example/log");

  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final TestLogKeys keys = new TestLogKeys();
  private final List<LogNode> nodes = new ArrayList<>();
  private final TenantId one = new TenantId(UUID.randomUUID());
  private final TenantId two = new TenantId(UUID.randomUUID());

  @AfterEach
  void stop() throws InterruptedException {
    for (LogNode node : nodes) {
      node.close();
    }
  }

  private LogNode node() {
    LogNode node = new LogNode(database, keys, QUICK);
    nodes.add(node);
    return node;
  }

  @Test
  void givesEveryEventOnePlaceAndSignsTheTree() throws SQLException {
    LogNode node = node().start();
    node.write(one, 300);
    node.write(two, 5);
    node.write(one, 700);
    awaitSigned(1_006); // and the log's own key
    List<AuditLeaf> leaves = verifiedLeaves();
    assertEquals(1_006, leaves.size());
    assertEquals(1_000, leaves.stream().filter(l -> l.tenant().equals(one.toString())).count());
  }

  @Test
  void commitsToWhatAPersonWroteAndCanForgetIt() throws SQLException {
    LogNode node = node().start();
    UUID id = node.write(one, 1).get(0);
    awaitSigned(2);
    AuditLeaf leaf =
        verifiedLeaves().stream().filter(l -> l.id().equals("evt_" + id)).findFirst().orElseThrow();
    UUID salt = UUID.fromString(ask("SELECT salt FROM audit_event WHERE id = '" + id + "'"));
    assertEquals(
        Commitment.to("source_address", "192.0.2.0", salt), leaf.committed().get("source_address"));
    assertFalse(
        new String(leaf.bytes(), java.nio.charset.StandardCharsets.UTF_8).contains("192.0.2"));

    database.execute(
        "SET ROLE cardvault_privacy; SET cardvault.tenant = '%s'; SELECT audit_forget('{%s}')"
            .formatted(one, id));

    assertEquals(
        "0",
        ask(
            "SELECT num_nonnulls(salt, actor, source_address, subject) FROM audit_event WHERE id ="
                + " '"
                + id
                + "'"));
    verifiedLeaves();
  }

  @Test
  void waitsForTransactionsThatBeganEarlier() throws SQLException {
    LogNode node = node().start();
    awaitSigned(1);
    try (Connection open = database.asOwner().getConnection();
        Statement statement = open.createStatement()) {
      open.setAutoCommit(false);
      statement.execute("SELECT pg_current_xact_id()");
      statement.execute(
          "INSERT INTO audit_event (id, at, tenant_id, action, outcome, node) VALUES"
              + " (gen_random_uuid(), now(), '%s', 'TOKENIZE', 'GRANTED', 'slow')".formatted(one));
      node.write(two, 3);
      Eventually.await("they are seen", SOON, () -> node.state.waiting() >= 3);
      assertEquals(1, size());
      open.commit();
    }
    awaitSigned(5);
    assertEquals(5, verifiedLeaves().size());
  }

  @Test
  void aStandByTakesItsTurnWhenTheOtherIsGone() throws Exception {
    LogNode first = node().start();
    first.write(one, 10);
    awaitSigned(11);
    LogNode second = node().start();
    second.write(one, 10);
    Eventually.await("sequenced", SOON, () -> size() == 21);
    assertTrue(first.sequencer.isActive());
    first.close();
    second.write(one, 10);
    awaitSigned(31);
    assertTrue(second.sequencer.isActive());
    assertEquals(31, verifiedLeaves().size());
  }

  @Test
  void aNodeThatSleptThroughItsTurnChangesNothing() throws SQLException {
    LogNode node = node().start();
    node.write(one, 1);
    awaitSigned(2);
    // Another node's turn began: the epoch rose.
    database.execute(
        "UPDATE audit_state SET epoch = epoch + 1, held_until = now() + interval '3 s'");
    node.write(one, 5);
    Eventually.await("it noticed", SOON, () -> !node.sequencer.isActive());
    Eventually.await("it came back by itself", SOON, () -> size() == 7);
    assertEquals(7, verifiedLeaves().size());
  }

  @Test
  void stopsEverybodyWhenTheTreeIsNotTheSignedOne() throws Exception {
    LogNode node = node().start();
    node.write(one, 20);
    awaitSigned(21);
    node.close();
    database.execute(
        "UPDATE audit_leaf SET leaf = set_byte(leaf, 40, get_byte(leaf, 40) # 1) WHERE idx = 7");

    LogNode next = node().start();

    Eventually.await("it saw", SOON, () -> next.state.halted().isPresent());
    assertFalse(next.watch.isSound());
    assertFalse(next.sequencer.isActive());
    assertThrows(ProblemException.class, () -> next.write(one, 1));
    // Only a human sets it going again, and the service's roles cannot.
    SQLException refused =
        assertThrows(
            SQLException.class,
            () ->
                next.database.inTransaction(
                    dev.cardvault.database.RoleDatabase.Role.SEQUENCER,
                    connection ->
                        connection
                            .createStatement()
                            .execute("UPDATE audit_state SET halted = NULL")));
    assertEquals("42501", refused.getSQLState());
  }

  @Test
  void catchesUpInTransactionsOfBoundedSize() throws SQLException {
    Map<String, String> small = new HashMap<>(QUICK);
    small.put("cardvault.audit-log.together", "7");
    LogNode writer = node();
    writer.write(one, 100);
    writer.write(two, 3);
    LogNode node = new LogNode(database, keys, small);
    nodes.add(node);
    node.start();
    awaitSigned(104);
    assertEquals(104, verifiedLeaves().size());
  }

  @Test
  void tellsWhenEventsWaitTooLongAndCatchesUp() throws Exception {
    Map<String, String> stalled = new HashMap<>(QUICK);
    stalled.put("cardvault.audit-log.sequencer", "false");
    stalled.put("cardvault.audit-log.most-lag", "100ms");
    LogNode node = new LogNode(database, keys, stalled);
    nodes.add(node);
    node.start().write(one, 25);
    Eventually.await("it is too late", SOON, () -> !node.state.isRecent());
    assertEquals(25, node.state.waiting());
    node().start();
    Eventually.await("it is in time again", SOON, () -> node.state.isRecent());
    awaitSigned(26);
    assertEquals(26, verifiedLeaves().size());
  }

  @Test
  void goesOnInAServerWhoseTransactionsAreNumberedAnew() throws Exception {
    LogNode node = node().start();
    node.write(one, 3);
    awaitSigned(4);
    // As a dump restored elsewhere: what was there came with numbers far ahead of the server's own.
    database.execute(
        "UPDATE audit_event SET tx = '99999999999'; UPDATE audit_state SET next_tx ="
            + " '99999999999'");
    node.close();
    node().start().write(one, 5);
    awaitSigned(9);
    assertEquals(9, verifiedLeaves().size());
  }

  @Test
  void signsWithBothKeysAfterARotationAndSaysSo() throws Exception {
    LogNode node = node().start();
    node.write(one, 1);
    awaitSigned(2);
    keys.rotate();
    node.close();
    node().start().write(one, 1);
    awaitSigned(4);
    String note = ask("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
    assertEquals(2, note.lines().filter(line -> line.startsWith("— test.example/log ")).count());
    assertEquals(
        "KEY_CREATE,KEY_ROTATE",
        ask(
            "SELECT string_agg(action, ',' ORDER BY id) FROM audit_event WHERE tenant_id ="
                + " '00000000-0000-0000-0000-000000000000'"));
  }

  @Test
  void refusesASecondCheckpointThatSaysOtherwise() throws SQLException {
    LogNode node = node().start();
    node.write(one, 1);
    awaitSigned(2);
    for (String size : List.of("2", "1")) {
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class,
              () ->
                  database.execute(
                      "INSERT INTO audit_checkpoint VALUES (%s, now(), sha256('x'), 'x')"
                          .formatted(size)));
      assertTrue(String.valueOf(refused.getMessage()).contains("says otherwise"));
    }
  }

  private void awaitSigned(long size) {
    Eventually.await(
        "a checkpoint of " + size,
        SOON,
        () -> ask("SELECT coalesce(max(size), -1) FROM audit_checkpoint").equals("" + size));
  }

  private long size() {
    return Long.parseLong(ask("SELECT size FROM audit_state"));
  }

  /** All leaves, after checking that they make the tree of every checkpoint. */
  private List<AuditLeaf> verifiedLeaves() throws SQLException {
    GrowingTree tree = new GrowingTree();
    TreeHash hashes = new TreeHash();
    List<AuditLeaf> leaves = new ArrayList<>();
    Map<Long, Hash> roots = new HashMap<>();
    Map<String, Long> numbers = new HashMap<>();
    try (Connection connection = database.asOwner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT leaf FROM audit_leaf ORDER BY idx")) {
      roots.put(0L, tree.root());
      while (row.next()) {
        AuditLeaf leaf = AuditLeaf.parse(row.getBytes(1));
        assertEquals(leaves.size(), leaf.index());
        assertEquals(numbers.merge(leaf.tenant(), 1L, Long::sum), leaf.number());
        leaves.add(leaf);
        tree.append(hashes.leaf(row.getBytes(1)));
        roots.put(tree.size(), tree.root());
      }
    }
    try (Connection connection = database.asOwner().getConnection()) {
      List<NoteKey> known =
          CheckpointStore.keys(connection).stream()
              .map(key -> NoteKey.ofLog("test.example/log", key.publicKey()))
              .toList();
      CheckpointStore.Signed newest = CheckpointStore.newest(connection).orElseThrow();
      assertTrue(Checkpoint.isSigned(newest.note(), known));
      Checkpoint checkpoint = Checkpoint.of(newest.note());
      assertEquals(roots.get(checkpoint.size()), checkpoint.root());
    }
    return leaves;
  }

  private String ask(String sql) {
    try (Connection connection = database.asOwner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
