package dev.cardvault.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.GrowingTree;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.TestSigner;
import dev.cardvault.ledger.Tile;
import dev.cardvault.ledger.Tree;
import dev.cardvault.ledger.TreeHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each answer that C2SP tlog-witness asks for. */
final class WitnessTest {

  private static final String LOG = "log.example/audit";

  @TempDir private Path folder;

  private final TestSigner log = new TestSigner(LOG, NoteKey.Kind.LOG);
  private final List<Hash> leaves = new ArrayList<>();
  private WitnessKey key;
  private Witness witness;

  @BeforeEach
  void start() throws IOException {
    key = WitnessKey.in(folder, "witness.example/w1");
    witness = new Witness(key, new WitnessMemory(folder), List.of(log.key()), Clock.systemUTC());
    for (int i = 0; i < 100; i++) {
      leaves.add(new TreeHash().leaf(("leaf " + i).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private Tree<RuntimeException> tree(int size) {
    return new Tree<>(size, (level, index, width) -> new Tile(0, 0, leaves.subList(0, width)));
  }

  private String body(int old, int size) {
    return body(old, tree(size).consistency(old), log.sign(checkpoint(size)));
  }

  private static String body(int old, List<Hash> proof, Note note) {
    return "old %d\n%s\n%s"
        .formatted(
            old, proof.stream().map(h -> h.base64() + "\n").collect(Collectors.joining()), note);
  }

  private Checkpoint checkpoint(int size) {
    GrowingTree tree = new GrowingTree();
    leaves.subList(0, size).forEach(tree::append);
    return new Checkpoint(LOG, size, tree.root());
  }

  @Test
  void signsWhatContinuesWhatItSigned() throws IOException {
    for (int[] step : new int[][] {{0, 7}, {7, 7}, {7, 64}, {64, 100}}) {
      Reply reply = witness.add(body(step[0], step[1]));
      assertEquals(200, reply.status(), reply.body());
      Note cosigned = Note.parse(checkpoint(step[1]).text() + "\n" + reply.body());
      assertEquals(List.of(key.key()), cosigned.signers(List.of(key.key())));
    }
  }

  @Test
  void remembersThroughARestart() throws IOException {
    assertEquals(200, witness.add(body(0, 50)).status());
    start();
    Reply reply = witness.add(body(0, 60));
    assertEquals(409, reply.status());
    assertEquals("text/x.tlog.size", reply.type());
    assertEquals("50\n", reply.body());
    assertEquals(200, witness.add(body(50, 60)).status());
  }

  @Test
  void signsNoForkOfWhatItSigned() throws IOException {
    assertEquals(200, witness.add(body(0, 50)).status());
    Note fork = log.sign(new Checkpoint(LOG, 60, leaves.get(3)));
    assertEquals(422, witness.add(body(50, tree(60).consistency(50), fork)).status());
    Note sameSize = log.sign(new Checkpoint(LOG, 50, leaves.get(3)));
    Reply other = witness.add(body(50, List.of(), sameSize));
    assertEquals(409, other.status());
    assertTrue(other.body().contains("another tree"));
    assertEquals(200, witness.add(body(50, 60)).status(), "and goes on with the true one");
  }

  @Test
  void signsNothingForStrangers() throws IOException {
    TestSigner stranger = new TestSigner(LOG, NoteKey.Kind.LOG);
    assertEquals(403, witness.add(body(0, List.of(), stranger.sign(checkpoint(5)))).status());
    Note signed = log.sign(checkpoint(5));
    Note forged = new Note(checkpoint(6).text(), signed.signatures());
    assertEquals(403, witness.add(body(0, List.of(), forged)).status());
    TestSigner other = new TestSigner("other.example/log", NoteKey.Kind.LOG);
    Checkpoint theirs = new Checkpoint("other.example/log", 5, leaves.get(0));
    assertEquals(404, witness.add(body(0, List.of(), other.sign(theirs))).status());
  }

  @Test
  void refusesWhatIsNoRequest() throws IOException {
    for (String body :
        List.of(
            "",
            "old 5",
            body(0, 5).replace("old 0", "old 00"),
            body(0, 5).replace("old 0", "old 6"),
            body(0, 5).replace("old 0\n", "old 0\nnonsense\n"),
            body(0, 5).replace("\n— ", "\n- "))) {
      assertEquals(400, witness.add(body).status(), body);
    }
  }
}
