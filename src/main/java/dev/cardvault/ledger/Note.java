package dev.cardvault.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text with signatures below it (C2SP signed-note).
 *
 * @param text lines, the last of them ended as well
 * @param signatures one or more
 */
public record Note(String text, List<NoteSignature> signatures) {

  /** More than any checkpoint of ours will have. */
  private static final int MOST_SIGNATURES = 64;

  private static final Pattern NAME = Pattern.compile("[^+\\s\\p{Z}\\p{Cntrl}]{1,255}");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x09\\x0b-\\x1f]");

  /** Checks that it can be written and read again. */
  public Note {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || CONTROL.matcher(text).find()) {
      throw new IllegalArgumentException("A note's text is made of lines");
    }
    if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
      throw new IllegalArgumentException("A note has 1 to 64 signatures");
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is no note
   */
  public static Note parse(String whole) {
    int gap = whole.lastIndexOf("\n\n");
    if (gap < 0 || !whole.endsWith("\n")) {
      throw new IllegalArgumentException("A note has a blank line before its signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : whole.substring(gap + 2, whole.length() - 1).split("\n", -1)) {
      signatures.add(NoteSignature.parse(line));
    }
    return new Note(whole.substring(0, gap + 1), signatures);
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Which of {@code keys} have signed it. Signatures by others are passed over.
   *
   * @throws IllegalArgumentException if one in the name of a known key was not made by it
   */
  public List<NoteKey> signers(List<NoteKey> keys) {
    List<NoteKey> signers = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (NoteKey key : keys) {
        if (signature.isBy(key)) {
          if (!verifies(key, signature)) {
            throw new IllegalArgumentException("A signature is not by the key it names");
          }
          signers.add(key);
        }
      }
    }
    return signers;
  }

  private boolean verifies(NoteKey key, NoteSignature signature) {
    return switch (key.kind()) {
      case LOG -> key.verifies(text.getBytes(StandardCharsets.UTF_8), signature.bytes());
      case WITNESS -> Cosignature.verifies(key, text, signature.bytes());
    };
  }

  /** The same with more signatures. */
  public Note with(List<NoteSignature> more) {
    List<NoteSignature> all = new ArrayList<>(signatures);
    all.addAll(more);
    return new Note(text, all);
  }

  /** As it is handed on. */
  @Override
  public String toString() {
    StringBuilder whole = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> whole.append(signature.line()));
    return whole.toString();
  }
}
