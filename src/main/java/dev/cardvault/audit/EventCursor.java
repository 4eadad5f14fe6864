package dev.cardvault.audit;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Where a page of events left off: at an id, which as a UUIDv7 tells the event's time as well. */
final class EventCursor {

  private static final int VERSION = 7;

  private EventCursor() {}

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws ProblemException {@code invalid-cursor}
   */
  static UUID parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notOurs) {
      throw ProblemException.of(ProblemCode.INVALID_CURSOR);
    }
    if (bytes.length != 2 * Long.BYTES) {
      throw ProblemException.of(ProblemCode.INVALID_CURSOR);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    UUID id = new UUID(buffer.getLong(), buffer.getLong());
    if (id.version() != VERSION) {
      throw ProblemException.of(ProblemCode.INVALID_CURSOR);
    }
    return id;
  }

  static String text(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
