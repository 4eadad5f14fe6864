package dev.cardvault.ledger;

import java.util.Optional;

/** A note on one line, for places that take lines only, such as a system log. */
public final class NoteLine {

  private static final String MARK = "cardvault-checkpoint: ";
  private static final String BREAK = "|";

  private NoteLine() {}

  /** The line, without its end. */
  public static String of(Note note) {
    return MARK + note.toString().replace("\n", BREAK);
  }

  /**
   * The note on {@code line}, whatever stands before it; nothing where none is.
   *
   * @throws IllegalArgumentException if there is one and it is broken
   */
  public static Optional<Note> find(String line) {
    int mark = line.indexOf(MARK);
    return mark < 0
        ? Optional.empty()
        : Optional.of(Note.parse(line.substring(mark + MARK.length()).replace(BREAK, "\n")));
  }
}
