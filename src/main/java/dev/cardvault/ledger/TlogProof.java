package dev.cardvault.ledger;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything that shows, offline, that a leaf is in the log (C2SP tlog-proof).
 *
 * @param leaf the leaf itself, as the proof's extra data: nothing is to be believed of it before
 *     the proof is checked
 * @param index where it stands
 * @param path the hashes that lead to the root
 * @param note the checkpoint, with its signatures
 */
@SuppressWarnings("ArrayRecordComponent")
public record TlogProof(byte[] leaf, long index, List<Hash> path, Note note) {

  private static final String HEAD = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

  /** Keeps its own list. */
  public TlogProof {
    path = List.copyOf(path);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static TlogProof parse(String text) {
    int gap = text.indexOf("\n\n");
    String[] lines = text.substring(0, Math.max(gap, 0)).split("\n", -1);
    if (lines.length < 3
        || !lines[0].equals(HEAD)
        || !lines[1].startsWith(EXTRA)
        || !lines[2].startsWith(INDEX)
        || !NUMBER.matcher(lines[2].substring(INDEX.length())).matches()) {
      throw new IllegalArgumentException("A proof has a head, the leaf, and its index");
    }
    List<Hash> path = new ArrayList<>();
    for (int i = 3; i < lines.length; i++) {
      path.add(Hash.ofBase64(lines[i]));
    }
    return new TlogProof(
        Base64.getDecoder().decode(lines[1].substring(EXTRA.length())),
        Long.parseLong(lines[2].substring(INDEX.length())),
        path,
        Note.parse(text.substring(gap + 2)));
  }

  /** The checkpoint under which it holds. */
  public Checkpoint checkpoint() {
    return Checkpoint.of(note);
  }

  /** Whether the checkpoint's tree has the leaf where the proof says. Looks at no signature. */
  public boolean holds() {
    Checkpoint checkpoint = checkpoint();
    return Proofs.includes(
        checkpoint.size(), checkpoint.root(), index, new TreeHash().leaf(leaf), path);
  }

  /** As it is handed on. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    text.append(EXTRA).append(Base64.getEncoder().encodeToString(leaf)).append('\n');
    text.append(INDEX).append(index).append('\n');
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(note).toString();
  }
}
