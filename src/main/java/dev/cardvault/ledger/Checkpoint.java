package dev.cardvault.ledger;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log says of itself at one moment (C2SP tlog-checkpoint, without extension lines).
 *
 * @param origin which log
 * @param size how many leaves it has
 * @param root the root hash of their tree
 */
public record Checkpoint(String origin, long size, Hash root) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");
  private static final int LINES = 3;

  /** Checks that it can be written and read again. */
  public Checkpoint {
    if (!Note.isName(origin) || size < 0) {
      throw new IllegalArgumentException("A checkpoint has an origin and a size");
    }
  }

  /**
   * What the text of a note says.
   *
   * @throws IllegalArgumentException if that is no checkpoint
   */
  public static Checkpoint of(Note note) {
    String[] lines = note.text().split("\n", -1);
    if (lines.length != LINES + 1 || !SIZE.matcher(lines[1]).matches()) {
      throw new IllegalArgumentException("A checkpoint has three lines: origin, size, root");
    }
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), Hash.ofBase64(lines[2]));
  }

  /** What is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /**
   * Whether one of the log's {@code keys} has signed {@code note}.
   *
   * @throws IllegalArgumentException if a signature in the name of one of them is not by it
   */
  public static boolean isSigned(Note note, List<NoteKey> keys) {
    String origin = note.text().substring(0, note.text().indexOf('\n'));
    return note.signers(keys).stream()
        .anyMatch(key -> key.kind() == NoteKey.Kind.LOG && key.name().equals(origin));
  }
}
