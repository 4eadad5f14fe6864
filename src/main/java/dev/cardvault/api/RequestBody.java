package dev.cardvault.api;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/**
 * The bytes of a request, in one array that is wiped when it is done with. What the network layer
 * handed over is overwritten as soon as it is copied, so that this is the only copy on the heap.
 */
final class RequestBody implements AutoCloseable {

  private static final int FIRST_SIZE = 1024;

  private byte[] bytes;
  private int length;
  private boolean closed;

  RequestBody(int expected) {
    bytes = new byte[Math.max(FIRST_SIZE, Math.min(expected, Json.MAX_BODY))];
  }

  /** Takes over {@code chunk}, which is overwritten; {@code false} when that is too much. */
  boolean takeOver(Buffer chunk) {
    boolean fits = !closed && chunk.length() <= Json.MAX_BODY - length;
    if (fits) {
      makeRoomFor(length + chunk.length());
      chunk.getBytes(bytes, length);
      length += chunk.length();
    }
    ByteBuf source = chunk.getByteBuf();
    if (!source.isReadOnly()) {
      source.setZero(source.readerIndex(), source.readableBytes());
    }
    return fits;
  }

  private void makeRoomFor(int needed) {
    if (needed > bytes.length) {
      byte[] larger = Arrays.copyOf(bytes, Math.min(Json.MAX_BODY, Math.max(needed, length * 2)));
      Arrays.fill(bytes, (byte) 0);
      bytes = larger;
    }
  }

  /** The bytes themselves; only the first {@link #length} count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
    length = 0;
  }
}
