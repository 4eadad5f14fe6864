package dev.cardvault.anchor;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A place outside the database that remembers checkpoints. Blocks. */
public interface Anchor {

  /** What it is called in settings, metrics and files. */
  String name();

  /**
   * Has it remember {@code checkpoint}.
   *
   * @param history shows that the log only grew since
   * @return the checkpoint as it is remembered, with the place's own signature if it has one
   * @throws IOException if it cannot be reached
   * @throws ContradictionException if it remembers another log
   */
  Note keep(Note checkpoint, History history) throws IOException, ContradictionException;

  /**
   * The newest checkpoint it remembers of the log of that name, where it can be asked.
   *
   * @throws IOException if it cannot be read
   */
  Optional<Checkpoint> newest(String origin) throws IOException;

  /** The log's own past. */
  interface History {

    /**
     * The proof that the log of {@code size} leaves is the beginning of the one to be kept.
     *
     * @throws IOException if it cannot be read
     */
    List<Hash> since(long size) throws IOException;
  }
}
