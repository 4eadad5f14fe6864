package dev.cardvault.verifier;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signed checkpoints of one file in their order, each held against the tree as it grows past
 * them.
 */
final class SignedSizes implements AutoCloseable {

  private final String what;
  private final TrustedKeys keys;
  private final BufferedReader file;
  private final Notes notes;
  private @Nullable Checkpoint next;
  private long agreed;
  private long count;

  SignedSizes(Path path, String what, TrustedKeys keys)
      throws UndecidedException, TamperedException {
    this.what = what;
    this.keys = keys;
    try {
      file = Files.newBufferedReader(path);
      notes = new Notes(file);
    } catch (IOException e) {
      throw new UndecidedException(path.getFileName() + " cannot be read", e);
    }
    advance();
  }

  private void advance() throws UndecidedException, TamperedException {
    Optional<Note> note;
    try {
      note = notes.next();
    } catch (IOException e) {
      throw new UndecidedException("a checkpoint cannot be read", e);
    } catch (IllegalArgumentException noNote) {
      throw new TamperedException(agreed, what + " is no signed note: " + noNote.getMessage());
    }
    next = note.isPresent() ? keys.checked(note.get(), agreed, what) : null;
    count += next == null ? 0 : 1;
    if (next != null && next.size() < agreed) {
      throw new TamperedException(
          next.size(), what + " of size " + next.size() + " comes after one of " + agreed);
    }
  }

  /** The size at which {@link #agree} is to be asked next; the largest there is at the end. */
  long nextSize() {
    Checkpoint checkpoint = next;
    return checkpoint == null ? Long.MAX_VALUE : checkpoint.size();
  }

  /**
   * Holds all checkpoints of that size against the tree's root.
   *
   * @throws TamperedException if one says otherwise
   */
  void agree(long size, Hash root) throws UndecidedException, TamperedException {
    while (next != null && next.size() == size) {
      if (!next.root().equals(root)) {
        throw new TamperedException(
            agreed,
            "%s of size %d has another root: a leaf from %d to %d was changed, or history forked"
                .formatted(what, size, agreed, size - 1));
      }
      agreed = size;
      advance();
    }
  }

  /**
   * Ends where the leaves end.
   *
   * @throws TamperedException if more were signed
   */
  void end(long size) throws TamperedException {
    if (next != null) {
      throw new TamperedException(
          size, "the leaf is missing: %s says that there are %d".formatted(what, next.size()));
    }
  }

  /** The size of the largest one that agreed. */
  long agreed() {
    return agreed;
  }

  /** How many there were. */
  long count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
