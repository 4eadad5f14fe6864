package dev.cardvault.ivr;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * Puts lines together from whatever pieces the network delivers, and leaves none of them behind: a
 * line may hold a key that a caller pressed.
 */
final class AgiLines {

  /** Longer than any line of Asterisk's that is read here. */
  private static final int LONGEST = 1024;

  private final byte[] line = new byte[LONGEST];
  private int length;

  /**
   * Shows {@code taker} each line that is whole now, without its end. {@code chunk} is overwritten.
   *
   * @throws AgiException when a line is too long
   */
  void take(Buffer chunk, LineTaker taker) {
    try {
      for (int i = 0; i < chunk.length(); i++) {
        byte b = chunk.getByte(i);
        if (b == '\n') {
          end(taker);
        } else if (length == LONGEST) {
          throw new AgiException("A line is too long");
        } else {
          line[length++] = b;
        }
      }
    } finally {
      ByteBuf source = chunk.getByteBuf();
      if (!source.isReadOnly()) {
        source.setZero(source.readerIndex(), source.readableBytes());
      }
    }
  }

  private void end(LineTaker taker) {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    try {
      taker.take(line, end);
    } finally {
      wipe();
    }
  }

  void wipe() {
    Arrays.fill(line, 0, length, (byte) 0);
    length = 0;
  }

  /** Reads a line. */
  interface LineTaker {
    /** The line is {@code bytes[0, length)}, which is wiped after. */
    void take(byte[] bytes, int length);
  }
}
