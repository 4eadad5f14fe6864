package dev.cardvault.verifier;

import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Commitment;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.TestSigner;
import dev.cardvault.ledger.TreeHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** A log for tests, and everything one needs to falsify it. */
final class WrittenLog {

  static final String ORIGIN = "test.example/log";

  final TestSigner signer = new TestSigner(ORIGIN, NoteKey.Kind.LOG);
  final List<byte[]> leaves = new ArrayList<>();

  /** A checkpoint after each so many leaves. */
  final int every;

  WrittenLog(int size, int every) {
    this.every = every;
    for (int i = 0; i < size; i++) {
      leaves.add(leaf(i, 1 + i / 2, i % 2 == 0 ? "one" : "two").bytes());
    }
  }

  static AuditLeaf leaf(long index, long number, String tenant) {
    SortedMap<String, String> event = new TreeMap<>();
    event.put("id", "evt_" + new UUID(7, index));
    event.put("at", "2026-11-25T08:00:00.000Z");
    event.put("tenant", tenant);
    event.put("action", "DETOKENIZE");
    event.put("outcome", "GRANTED");
    SortedMap<String, String> committed = new TreeMap<>();
    committed.put("actor", Commitment.to("actor", "agent " + index, salt(index)));
    Instant time = Instant.parse("2026-11-25T08:00:00.000Z").plusMillis(index / 10);
    return new AuditLeaf(index, number, time, event, committed);
  }

  static UUID salt(long index) {
    return new UUID(index, 42);
  }

  static String words(long index, AuditLeaf leaf, String actor) {
    StringBuilder event = new StringBuilder();
    leaf.event()
        .forEach(
            (name, value) ->
                event
                    .append(event.isEmpty() ? "" : ",")
                    .append("\"%s\":\"%s\"".formatted(name, value)));
    return "{\"index\":%d,\"event\":{%s},\"words\":{\"actor\":\"%s\",\"salt\":\"%s\"}}"
        .formatted(index, event, actor, salt(index));
  }

  /** Writes it as it is, with a tree over whatever leaves it has now. */
  Path write(Path folder) throws IOException {
    try (LogFolderWriter writer = new LogFolderWriter(folder)) {
      TreeHash hashes = new TreeHash();
      writer.keys(List.of(signer.key()));
      List<Note> anchored = new ArrayList<>();
      for (byte[] leaf : leaves) {
        writer.append(hashes.leaf(leaf), leaf);
        if (writer.tree().size() % every == 0) {
          writer.checkpoint(checkpoint(writer));
        }
        if (writer.tree().size() % (every * 4L) == 0) {
          anchored.add(checkpoint(writer));
        }
        AuditLeaf parsed = AuditLeaf.parse(leaf);
        writer.words(words(parsed.index(), parsed, "agent " + parsed.index()));
      }
      writer.checkpoint(checkpoint(writer));
      writer.anchor("file", anchored);
      writer.finish(checkpoint(writer));
    }
    return folder;
  }

  private Note checkpoint(LogFolderWriter writer) {
    return signer.sign(new Checkpoint(ORIGIN, writer.tree().size(), writer.tree().root()));
  }
}
