package dev.cardvault.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.EntryBundle;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.NoteLine;
import dev.cardvault.ledger.TestSigner;
import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to falsify a log, and the index at which it is found. */
final class FolderCheckTest {

  private static final int SIZE = 1_000;
  private static final int EVERY = 10;

  @TempDir private Path temp;

  private final WrittenLog log = new WrittenLog(SIZE, EVERY);

  private Verdict check(Path folder) throws TamperedException, UndecidedException {
    return new FolderCheck(folder, List.of(log.signer.key()), List.of(), done -> {}).check();
  }

  private void assertTampered(Path folder, long index, String reason) {
    TamperedException found = assertThrows(TamperedException.class, () -> check(folder));
    assertTrue(found.reason().contains(reason), found.reason());
    assertEquals(index, found.index(), found.reason());
  }

  /** The honest folder, with the files of the one the forger made put over it. */
  private Path forged(WrittenLog forgery, String... kept) throws IOException {
    Path honest = log.write(temp.resolve("honest"));
    Path forged = forgery.write(temp.resolve("forged"));
    for (String file : kept) {
      Files.copy(honest.resolve(file), forged.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return forged;
  }

  private WrittenLog forgery() {
    WrittenLog forgery = new WrittenLog(0, EVERY);
    forgery.leaves.addAll(log.leaves);
    return forgery;
  }

  private static final String[] SIGNED = {"checkpoint", "checkpoints", "anchors/file", "key"};

  @Test
  void findsAnHonestLogGood() throws Exception {
    Verdict verdict = check(log.write(temp.resolve("log")));
    assertEquals(new Verdict(SIZE, 0, SIZE, SIZE / EVERY + 1, SIZE / EVERY / 4), verdict);
  }

  @Test
  void findsALogOfAnySizeGood() throws Exception {
    for (int size : new int[] {0, 1, 255, 256, 257, 70_000}) {
      WrittenLog sized = new WrittenLog(size, 997);
      Path folder = sized.write(temp.resolve("log" + size));
      assertEquals(
          size,
          new FolderCheck(folder, List.of(sized.signer.key()), List.of(), d -> {})
              .check()
              .leaves());
    }
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAFlippedBit() throws Exception {
    Path folder = log.write(temp.resolve("log"));
    Path bundle = folder.resolve("tile/entries/001");
    byte[] bytes = Files.readAllBytes(bundle);
    int length = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    bytes[2 + length + 60] ^= 1;
    Files.write(bundle, bytes);
    assertTampered(folder, 257, "not the one whose hash the tree holds");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAHashThatWasChangedAndTilesThatWere() throws Exception {
    Path folder = log.write(temp.resolve("log"));
    Path tile = folder.resolve("tile/0/002");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[32 * 3] ^= 1;
    Files.write(tile, bytes);
    assertTampered(folder, 515, "not the one whose hash the tree holds");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesADroppedLeaf() throws Exception {
    WrittenLog forgery = forgery();
    forgery.leaves.remove(411);
    assertTampered(forged(forgery, SIGNED), 411, "its place is 412");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesSwappedLeaves() throws Exception {
    WrittenLog forgery = forgery();
    Collections.swap(forgery.leaves, 300, 302);
    assertTampered(forged(forgery, SIGNED), 300, "its place is 302");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesADoubledLeaf() throws Exception {
    WrittenLog forgery = forgery();
    forgery.leaves.add(501, forgery.leaves.get(500));
    assertTampered(forged(forgery, SIGNED), 501, "its place is 500");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAnInsertedLeaf() throws Exception {
    WrittenLog forgery = forgery();
    for (int i = 600; i < SIZE; i++) {
      forgery.leaves.set(i, WrittenLog.leaf(i + 1, 1 + i / 2, i % 2 == 0 ? "one" : "two").bytes());
    }
    forgery.leaves.add(600, WrittenLog.leaf(600, 1, "three").bytes());
    assertTampered(forged(forgery, SIGNED), 600, "another root");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAReusedIndexAndAReusedNumber() throws Exception {
    WrittenLog forgery = forgery();
    forgery.leaves.set(701, WrittenLog.leaf(700, 351, "two").bytes());
    assertTampered(forged(forgery, SIGNED), 701, "its place is 700");
    WrittenLog number = forgery();
    number.leaves.set(701, WrittenLog.leaf(701, 350, "two").bytes());
    Path folder = number.write(temp.resolve("number"));
    TamperedException found =
        assertThrows(
            TamperedException.class,
            () ->
                new FolderCheck(folder, List.of(number.signer.key()), List.of(), d -> {}).check());
    assertEquals(701, found.index());
    assertTrue(found.reason().contains("number 351 must follow"), found.reason());
  }

  @Test
  @FaultCase({28, 52})
  @Promise("P4")
  void namesACutTailByTheCheckpointOrTheAnchor() throws Exception {
    WrittenLog shorter = forgery();
    shorter.leaves.subList(950, SIZE).clear();
    assertTampered(forged(shorter, SIGNED), 950, "says that there are 1000");

    // The owner of the key signs the shorter log: what was kept outside still knows better.
    WrittenLog resigned = new WrittenLog(950, EVERY);
    Path folder = resigned.write(temp.resolve("resigned"));
    Path anchor = temp.resolve("honest/anchors/file");
    TamperedException found =
        assertThrows(
            TamperedException.class,
            () ->
                new FolderCheck(
                        folder,
                        List.of(resigned.signer.key(), log.signer.key()),
                        List.of(anchor),
                        d -> {})
                    .check());
    assertEquals(950, found.index());
    assertTrue(found.reason().contains("the anchor file"), found.reason());
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAForkedHistory() throws Exception {
    // Everything from 620 on was made anew and signed with the log's own key.
    WrittenLog fork = forgery();
    AuditLeaf old = AuditLeaf.parse(fork.leaves.get(620));
    Map<String, String> event = new TreeMap<>(old.event());
    event.put("outcome", "DENIED");
    fork.leaves.set(
        620,
        new AuditLeaf(620, old.number(), old.sequencedAt(), new TreeMap<>(event), old.committed())
            .bytes());
    assertTampered(forged(fork, SIGNED), 620, "history forked");
    Path anchored = temp.resolve("anchored");
    fork.write(anchored);
    TamperedException found =
        assertThrows(
            TamperedException.class,
            () ->
                new FolderCheck(
                        anchored,
                        List.of(fork.signer.key(), log.signer.key()),
                        List.of(temp.resolve("honest/anchors/file")),
                        d -> {})
                    .check());
    assertEquals(600, found.index(), "The first leaf after the last anchor that agreed");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAForeignKeysSignature() throws Exception {
    WrittenLog stranger = forgery();
    Path folder = stranger.write(temp.resolve("strange"));
    assertTampered(folder, 0, "not signed by the log's key");
    Path mixed = forged(forgery(), "checkpoint", "anchors/file");
    List<String> own = Files.readAllLines(temp.resolve("honest/checkpoints"));
    List<String> theirs = Files.readAllLines(mixed.resolve("checkpoints"));
    List<String> notes = new ArrayList<>(own.subList(0, 5 * 40));
    notes.addAll(theirs.subList(5 * 40, theirs.size()));
    Files.write(mixed.resolve("checkpoints"), notes);
    assertTampered(mixed, 400, "not signed by the log's key");
  }

  @Test
  @FaultCase(52)
  @Promise("P4")
  void namesAnEditedRowAMissingRowAndAnEditedText() throws Exception {
    Path folder = log.write(temp.resolve("log"));
    Path words = folder.resolve("words.ndjson");
    List<String> lines = Files.readAllLines(words);
    List<String> edited = new ArrayList<>(lines);
    edited.set(123, edited.get(123).replace("\"GRANTED\"", "\"DENIED\""));
    Files.write(words, edited);
    assertTampered(folder, 123, "row was edited");
    edited = new ArrayList<>(lines);
    edited.set(124, edited.get(124).replace("agent 124", "agent 125"));
    Files.write(words, edited);
    assertTampered(folder, 124, "the text of actor");
    edited = new ArrayList<>(lines);
    edited.set(125, "{\"index\":125,\"words\":{}}");
    Files.write(words, edited);
    assertTampered(folder, 125, "row is gone");
    edited = new ArrayList<>(lines);
    edited.set(126, edited.get(126).replaceFirst("\"actor\":\"agent 126\",", ""));
    Files.write(words, edited);
    assertTampered(folder, 126, "the text of actor");
    // Forgotten words are no fault.
    edited = new ArrayList<>(lines);
    edited.set(127, edited.get(127).replaceFirst("\"words\":.*", "\"words\":{}}"));
    Files.write(words, edited);
    check(folder);
  }

  @Test
  void readsALogOfWhichMostIsHidden() throws Exception {
    Path folder = log.write(temp.resolve("log"));
    for (String bundle : List.of("000", "001", "002", "003.p/232")) {
      Path file = folder.resolve("tile/entries").resolve(bundle);
      List<byte[]> entries = new ArrayList<>(EntryBundle.read(Files.readAllBytes(file)));
      for (int i = 1; i < entries.size(); i += 2) {
        entries.set(i, EntryBundle.HIDDEN);
      }
      Files.write(file, EntryBundle.write(entries));
    }
    assertEquals(500, check(folder).hidden());
  }

  @Test
  void cannotTellWithoutKeysOrCheckpoints() throws Exception {
    Path folder = log.write(temp.resolve("log"));
    Files.delete(folder.resolve("checkpoint"));
    assertThrows(UndecidedException.class, () -> check(folder));
    Files.writeString(folder.resolve("key"), "nonsense");
    assertThrows(
        UndecidedException.class,
        () -> new FolderCheck(folder, List.of(), List.of(), d -> {}).check());
    NoteKey witness = new TestSigner("w", NoteKey.Kind.WITNESS).key();
    assertThrows(
        UndecidedException.class,
        () -> new FolderCheck(folder, List.of(witness), List.of(), d -> {}).check());
  }

  @Test
  void readsAnchorsFromASystemLog() throws Exception {
    Path folder = log.write(temp.resolve("log"));
    String note = Files.readString(folder.resolve("checkpoint"));
    Path syslog = temp.resolve("syslog");
    Files.writeString(
        syslog,
        "Nov 25 08:00:00 host other: nothing of ours\nNov 25 08:00:00 host cardvault: "
            + NoteLine.of(Note.parse(note))
            + "\n",
        StandardCharsets.UTF_8);
    Verdict verdict =
        new FolderCheck(folder, List.of(log.signer.key()), List.of(syslog), d -> {}).check();
    assertEquals(SIZE / EVERY / 4 + 1, verdict.anchors());
  }
}
