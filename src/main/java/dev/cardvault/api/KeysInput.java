package dev.cardvault.api;

import dev.cardvault.capture.KeyMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keys as a caller pressed them, and their place among the others. */
final class KeysInput implements AutoCloseable {

  /** The most keys in one request. */
  private static final int MOST = 64;

  private static final long LAST_SEQ = 1_000_000;
  private static final JsonShape SHAPE = new JsonShape(Shape.class);

  private final Shape shape;
  private final byte[] keys;

  private KeysInput(Shape shape, byte[] keys) {
    this.shape = shape;
    this.keys = keys;
  }

  /**
   * The keys that {@code body} says; they are wiped where it is refused.
   *
   * @throws dev.cardvault.problem.ProblemException as {@link JsonShape#read}
   */
  static KeysInput read(RequestBody body) {
    byte[] lifted = KeysScan.lift(body);
    byte[] keys = lifted == null ? new byte[0] : lifted;
    boolean done = false;
    try {
      KeysInput input = new KeysInput((Shape) SHAPE.read(body, redacted -> {}), keys);
      done = true;
      return input;
    } finally {
      if (!done) {
        Arrays.fill(keys, (byte) 0);
      }
    }
  }

  /** The place of the batch, from 1. */
  long checkedSeq() {
    long seq = Fields.required(shape.seq(), "/seq");
    if (seq < 1 || seq > LAST_SEQ) {
      throw Fields.invalid("/seq", "Batches are numbered from 1 to " + LAST_SEQ);
    }
    return seq;
  }

  /** The keys, ASCII, for the caller to wipe. */
  byte[] checkedKeys() {
    Fields.required(shape.keys(), "/keys");
    if (keys.length == 0 || keys.length > MOST) {
      throw Fields.invalid("/keys", "A request has 1 to " + MOST + " keys");
    }
    for (byte key : keys) {
      if (!KeyMap.isKey(key)) {
        throw Fields.invalid("/keys", "Keys are 0 to 9, *, # and A to D");
      }
    }
    return keys;
  }

  @Override
  public void close() {
    Arrays.fill(keys, (byte) 0);
  }

  @Override
  public String toString() {
    return "KeysInput[redacted]";
  }

  /**
   * The body with stars for keys.
   *
   * @param seq the place of the batch, from 1
   * @param keys the keys
   */
  record Shape(@Nullable Long seq, @Nullable String keys) {}
}
