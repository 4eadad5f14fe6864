package dev.cardvault.ledger;

import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * One line under a note: who signed, and how.
 *
 * @param name the key's name
 * @param id the key's id
 * @param bytes the signature; of a witness, after eight bytes of time
 */
@SuppressWarnings("ArrayRecordComponent")
public record NoteSignature(String name, int id, byte[] bytes) {

  static final String DASH = "— ";

  /** The signature of {@code key}, which somebody else has made. */
  public static NoteSignature of(NoteKey key, byte[] signature) {
    return new NoteSignature(key.name(), key.id(), signature);
  }

  /**
   * Reads a line, without its end.
   *
   * @throws IllegalArgumentException if it is no signature
   */
  static NoteSignature parse(String line) {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space <= DASH.length()) {
      throw new IllegalArgumentException("A signature is a dash, a name, and base64");
    }
    byte[] signed = Base64.getDecoder().decode(line.substring(space + 1));
    String name = line.substring(DASH.length(), space);
    if (!Note.isName(name) || signed.length <= Integer.BYTES) {
      throw new IllegalArgumentException("A signature has a name and an id");
    }
    ByteBuffer buffer = ByteBuffer.wrap(signed);
    int id = buffer.getInt();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new NoteSignature(name, id, bytes);
  }

  /** The line, with its end. */
  public String line() {
    byte[] signed = ByteBuffer.allocate(Integer.BYTES + bytes.length).putInt(id).put(bytes).array();
    return DASH + name + " " + Base64.getEncoder().encodeToString(signed) + "\n";
  }

  boolean isBy(NoteKey key) {
    return key.id() == id && key.name().equals(name);
  }
}
