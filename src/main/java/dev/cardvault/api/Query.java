package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What query parameters of lists have in common. */
final class Query {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MOST = 100;

  private Query() {}

  /** How a problem points at a parameter. */
  static String pointer(String name) {
    return "/query" + new Pointer().field(name);
  }

  /** A cursor that says after which entry the next page begins. */
  static String cursor(Object last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * What {@link #cursor} was made of.
   *
   * @param parse reads it; whatever it throws means that the cursor is none of ours
   * @throws ProblemException {@code invalid-cursor}
   */
  static <T> T after(String cursor, Function<String, T> parse) {
    try {
      byte[] last = Base64.getUrlDecoder().decode(cursor);
      return parse.apply(new String(last, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      throw ProblemException.of(ProblemCode.INVALID_CURSOR);
    }
  }

  /** How many entries a page has: 1 to 100, 20 if nothing is said. */
  static int limit(@Nullable String given) {
    if (given == null) {
      return DEFAULT_LIMIT;
    }
    int limit = given.matches("[0-9]{1,3}") ? Integer.parseInt(given) : 0;
    if (limit < 1 || limit > MOST) {
      throw Fields.invalid(pointer("limit"), "A page has 1 to 100 entries");
    }
    return limit;
  }
}
