package dev.cardvault.vault;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a page of a list, newest first, left off.
 *
 * @param at the time of its last entry, to the millisecond
 * @param id the id of its last entry
 */
public record Cursor(Instant at, UUID id) {

  private static final int BYTES = 3 * Long.BYTES;

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws ProblemException {@code invalid-cursor}
   */
  public static Cursor parse(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() != BYTES) {
        throw ProblemException.of(ProblemCode.INVALID_CURSOR);
      }
      Instant at = Instant.ofEpochMilli(bytes.getLong());
      return new Cursor(at, new UUID(bytes.getLong(), bytes.getLong()));
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      throw ProblemException.of(ProblemCode.INVALID_CURSOR);
    }
  }

  /** As callers carry it from page to page. */
  public String text() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(at.toEpochMilli())
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
