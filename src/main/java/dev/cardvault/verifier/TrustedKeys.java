package dev.cardvault.verifier;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Note;
import dev.cardvault.ledger.NoteKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys a checker believes, and what they have signed. */
final class TrustedKeys {

  private final List<NoteKey> keys;
  private @Nullable String lastNote;
  private @Nullable Checkpoint last;

  /**
   * Believes {@code keys}.
   *
   * @throws UndecidedException if there are none of a log
   */
  TrustedKeys(List<NoteKey> keys) throws UndecidedException {
    if (keys.stream().noneMatch(key -> key.kind() == NoteKey.Kind.LOG)) {
      throw new UndecidedException("no key of the log is known: nothing can be believed");
    }
    this.keys = List.copyOf(keys);
  }

  /**
   * What {@code note} says.
   *
   * @param suspect the first leaf that depends on it
   * @param what the note is, in words
   * @throws TamperedException if no key of the log has signed it
   */
  Checkpoint checked(Note note, long suspect, String what) throws TamperedException {
    String text = note.toString();
    Checkpoint known = last;
    if (known != null && text.equals(lastNote)) {
      return known;
    }
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.of(note);
      if (!Checkpoint.isSigned(note, keys)) {
        throw new TamperedException(
            suspect, what + " of size " + checkpoint.size() + " is not signed by the log's key");
      }
    } catch (IllegalArgumentException forged) {
      throw new TamperedException(suspect, what + " cannot be believed: " + forged.getMessage());
    }
    lastNote = text;
    last = checkpoint;
    return checkpoint;
  }
}
