package dev.cardvault.verifier;

import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads notes that stand one after the other in a file: a note's signatures all begin with a dash,
 * and a checkpoint does not. Or each stands on one line among others ({@link NoteLine}).
 */
final class Notes {

  private static final String DASH = "— ";
  private static final int LONGEST = 64 * 1_024;

  private final BufferedReader lines;
  private @Nullable String ahead;

  Notes(BufferedReader lines) throws IOException {
    this.lines = lines;
    this.ahead = lines.readLine();
  }

  /**
   * The next one; nothing at the end.
   *
   * @throws IllegalArgumentException if what stands there is none
   */
  Optional<Note> next() throws IOException {
    while (ahead != null) {
      Optional<Note> onOneLine = NoteLine.find(ahead);
      if (onOneLine.isPresent()) {
        ahead = lines.readLine();
        return onOneLine;
      }
      // Lines of a system log have spaces; the name of a log has none.
      if (!ahead.isEmpty() && ahead.indexOf(' ') < 0) {
        return wholeNote();
      }
      ahead = lines.readLine();
    }
    return Optional.empty();
  }

  private Optional<Note> wholeNote() throws IOException {
    StringBuilder text = new StringBuilder();
    boolean signatures = false;
    while (ahead != null && !(signatures && !ahead.startsWith(DASH))) {
      signatures |= ahead.startsWith(DASH);
      text.append(ahead).append('\n');
      ahead = lines.readLine();
      if (text.length() > LONGEST) {
        throw new IllegalArgumentException("It is too long for a checkpoint");
      }
    }
    return Optional.of(Note.parse(text.toString()));
  }
}
