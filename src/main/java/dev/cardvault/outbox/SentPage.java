package dev.cardvault.outbox;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of what was sent.
 *
 * @param data newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 */
public record SentPage(List<Sent> data, @Nullable String nextCursor) {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  public SentPage {
    data = List.copyOf(data);
  }

  static SentPage of(List<Sent> found, int limit) {
    if (found.size() <= limit) {
      return new SentPage(found, null);
    }
    List<Sent> page = found.subList(0, limit);
    String last = String.valueOf(page.get(limit - 1).number());
    return new SentPage(
        page,
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(last.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * The number below which the page of {@code cursor} begins.
   *
   * @throws ProblemException {@code invalid-cursor}
   */
  static long before(@Nullable String cursor) {
    if (cursor == null) {
      return Long.MAX_VALUE;
    }
    try {
      String number = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      if (NUMBER.matcher(number).matches()) {
        return Long.parseLong(number);
      }
    } catch (IllegalArgumentException notOurs) {
      // Told below.
    }
    throw ProblemException.of(ProblemCode.INVALID_CURSOR);
  }
}
