package dev.cardvault.witness;

import dev.cardvault.ledger.Checkpoint;
import dev.cardvault.ledger.Hash;
import dev.cardvault.ledger.Note;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log asks a witness to sign.
 *
 * @param oldSize which size the log thinks the witness has signed last
 * @param proof from that size to the checkpoint's
 * @param note the checkpoint with its signatures
 * @param checkpoint what it says
 */
record Submission(long oldSize, List<Hash> proof, Note note, Checkpoint checkpoint) {

  private static final String OLD = "old ";
  private static final int MOST_HASHES = 63;

  /**
   * Reads the body of a request.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Submission parse(String body) {
    int gap = body.indexOf("\n\n");
    if (gap < 0) {
      throw new IllegalArgumentException("There is no blank line before the checkpoint");
    }
    String[] lines = body.substring(0, gap).split("\n", -1);
    if (!lines[0].matches("old (0|[1-9][0-9]{0,18})") || lines.length > 1 + MOST_HASHES) {
      throw new IllegalArgumentException("It does not begin with the old size");
    }
    List<Hash> proof = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      proof.add(Hash.ofBase64(lines[i]));
    }
    Note note = Note.parse(body.substring(gap + 2));
    Submission read =
        new Submission(
            Long.parseLong(lines[0].substring(OLD.length())), proof, note, Checkpoint.of(note));
    if (read.oldSize > read.checkpoint.size()) {
      throw new IllegalArgumentException("The old size is the larger one");
    }
    return read;
  }
}
