package dev.cardvault.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A witness's signature under a checkpoint: the time it saw it, and an Ed25519 signature over both
 * (C2SP tlog-cosignature, version 1).
 */
public final class Cosignature {

  private static final int SIGNATURE_LENGTH = 64;

  private Cosignature() {}

  /**
   * What a witness signs.
   *
   * @param seconds when it saw {@code text}, since 1970
   * @param text of the checkpoint's note
   */
  public static byte[] message(long seconds, String text) {
    return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
  }

  /** The line for {@code signature} over {@link #message}. */
  public static NoteSignature of(NoteKey witness, long seconds, byte[] signature) {
    return NoteSignature.of(
        witness,
        ByteBuffer.allocate(Long.BYTES + signature.length).putLong(seconds).put(signature).array());
  }

  static boolean verifies(NoteKey witness, String text, byte[] timed) {
    if (timed.length != Long.BYTES + SIGNATURE_LENGTH) {
      return false;
    }
    long seconds = ByteBuffer.wrap(timed).getLong();
    return seconds >= 0
        && witness.verifies(
            message(seconds, text), Arrays.copyOfRange(timed, Long.BYTES, timed.length));
  }
}
