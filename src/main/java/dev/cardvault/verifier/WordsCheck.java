package dev.cardvault.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cardvault.ledger.AuditLeaf;
import dev.cardvault.ledger.ProvenEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rows that are searched against the leaves they became: one JSON object a line, with
 * {@code index}, {@code event} (missing once the row is archived) and {@code words}.
 */
final class WordsCheck implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader lines;
  private final MissingRows rows = new MissingRows();
  private @Nullable JsonNode next;
  private long count;

  WordsCheck(Path file) throws UndecidedException {
    try {
      lines = Files.newBufferedReader(file);
      advance();
    } catch (IOException e) {
      throw new UndecidedException("the words cannot be read", e);
    }
  }

  private void advance() throws IOException {
    String line = lines.readLine();
    next = line == null ? null : JSON.readTree(line);
  }

  /**
   * Looks whether there is a line for {@code leaf}, and at it.
   *
   * @throws TamperedException if the row or a word is another than the leaf's
   */
  void look(AuditLeaf leaf) throws UndecidedException, TamperedException {
    JsonNode line = lineOf(leaf.index());
    if (line == null) {
      return;
    }
    JsonNode row = line.path("event");
    rows.next(leaf, !row.isMissingNode());
    if (!row.isMissingNode() && !texts(row).equals(leaf.event())) {
      throw new TamperedException(leaf.index(), "the event's row was edited");
    }
    checkWords(leaf, texts(line.path("words")));
    count++;
  }

  private @Nullable JsonNode lineOf(long index) throws UndecidedException {
    try {
      while (next != null && next.path("index").asLong(-1) < index) {
        advance();
      }
    } catch (IOException e) {
      throw new UndecidedException("the words cannot be read", e);
    }
    return next != null && next.path("index").asLong() == index ? next : null;
  }

  static void checkWords(AuditLeaf leaf, SortedMap<String, String> words) throws TamperedException {
    var falsified = ProvenEvent.falsified(leaf, words);
    if (falsified.isPresent()) {
      throw new TamperedException(
          leaf.index(), "the text of " + falsified.get() + " is not the one it commits to");
    }
  }

  static SortedMap<String, String> texts(JsonNode object) {
    SortedMap<String, String> texts = new TreeMap<>();
    object.properties().forEach(member -> texts.put(member.getKey(), member.getValue().asText()));
    return texts;
  }

  /**
   * Ends.
   *
   * @throws TamperedException if rows are gone that were not archived
   */
  void end() throws TamperedException {
    rows.end();
  }

  /** How many lines were looked at. */
  long count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
