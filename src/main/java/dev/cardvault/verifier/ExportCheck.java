package dev.cardvault.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.NoteKey;
import dev.cardvault.ledger.TlogProof;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Checks a file of events that each bring their own proof, one JSON object a line: the members
 * {@code proof} (C2SP tlog-proof), {@code words} and, for whoever reads it, {@code event}. Other
 * members are not looked at.
 */
public final class ExportCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final TrustedKeys keys;
  private final LongConsumer progress;
  private long last = -1;
  private long words;

  /**
   * A check of {@code file}.
   *
   * @param trusted keys known beforehand
   * @param progress is told how many lines are done
   * @throws UndecidedException if there are no keys
   */
  public ExportCheck(Path file, List<NoteKey> trusted, LongConsumer progress)
      throws UndecidedException {
    this.file = file;
    this.keys = new TrustedKeys(trusted);
    this.progress = progress;
  }

  /**
   * Checks every line.
   *
   * @throws TamperedException at the first event that cannot be believed
   * @throws UndecidedException if the file cannot be read
   */
  public Verdict check() throws TamperedException, UndecidedException {
    LeafOrder order = new LeafOrder(false);
    long count = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          AuditLeaf leaf = leafOf(JSON.readTree(line));
          order.next(last, leaf);
          progress.accept(++count);
        }
      }
    } catch (IOException e) {
      throw new UndecidedException("the file cannot be read as lines of JSON", e);
    }
    if (count == 0) {
      throw new UndecidedException("the file has no events");
    }
    return new Verdict(count, 0, words, 1, 0);
  }

  private AuditLeaf leafOf(JsonNode line) throws TamperedException, UndecidedException {
    String text = line.path("proof").asText("");
    if (text.isEmpty()) {
      throw new UndecidedException("a line has no proof");
    }
    long suspect = last + 1;
    try {
      TlogProof proof = TlogProof.parse(text);
      suspect = proof.index();
      keys.checked(proof.note(), suspect, "the checkpoint");
      if (!proof.holds()) {
        throw new TamperedException(suspect, "the proof does not lead to the signed root");
      }
      if (proof.index() <= last) {
        throw new TamperedException(suspect, "the event comes after one of a later place");
      }
      AuditLeaf leaf = AuditLeaf.parse(proof.leaf());
      if (line.has("event") && !WordsCheck.texts(line.path("event")).equals(leaf.event())) {
        throw new TamperedException(suspect, "the event is not the one that was proven");
      }
      WordsCheck.checkWords(leaf, WordsCheck.texts(line.path("words")));
      words += line.path("words").isEmpty() ? 0 : 1;
      last = proof.index();
      return leaf;
    } catch (IllegalArgumentException noProof) {
      throw new TamperedException(suspect, "it is no proof: " + noProof.getMessage());
    }
  }
}
