package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that fields of requests share. Whatever breaks one is told where and which. */
final class Fields {

  private static final int LONGEST_TIME = 40;
  private static final int LAST_YEAR = 9999;
  private static final Pattern PLAUSIBLE_TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern ID =
      Pattern.compile("([a-z]{3})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
  private static final String NO_TOKEN = "-";

  private Fields() {}

  /** {@code value}, which has to be there. */
  static <T> T required(@Nullable T value, String pointer) {
    if (value == null) {
      throw ProblemException.at(
          pointer, ProblemCode.MISSING_FIELD, ProblemCode.MISSING_FIELD.title());
    }
    return value;
  }

  /** {@code value}, which has to be one of those that {@code known} knows. */
  static <T> T oneOf(String value, String pointer, Function<String, Optional<T>> known) {
    return known.apply(value).orElseThrow(() -> invalid(pointer, "This is none of its values"));
  }

  /** {@code value}, which has to be text of 1 to {@code longest} characters. */
  static String text(String value, String pointer, int longest) {
    if (value.isBlank()
        || value.length() > longest
        || !value.codePoints().allMatch(Fields::isText)) {
      throw invalid(pointer, "This is text of 1 to " + longest + " characters");
    }
    return value;
  }

  static @Nullable String optionalText(@Nullable String value, String pointer, int longest) {
    return value == null ? null : text(value, pointer, longest);
  }

  /** What can be stored and shown again: no control character, no half of a surrogate pair. */
  private static boolean isText(int c) {
    return !Character.isISOControl(c)
        && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
  }

  /** The moment that {@code value} names as RFC 3339 says. */
  static @Nullable Instant instant(@Nullable String value, String pointer) {
    if (value == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(value.length() > LONGEST_TIME ? "" : value);
      if (time.getYear() < 1 || time.getYear() >= LAST_YEAR) {
        throw invalid(pointer, "This year is too far away");
      }
      return time.toInstant().truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeParseException e) {
      throw invalid(pointer, "A time is written as RFC 3339 says, like 2027-01-31T00:00:00Z");
    }
  }

  /**
   * The text or id of a token. What cannot be one is looked for as one that does not exist, so that
   * it is answered, and written down, like any other that is not there.
   */
  static String token(String value) {
    return PLAUSIBLE_TOKEN.matcher(value).matches() ? value : NO_TOKEN;
  }

  /**
   * The UUID of an id like {@code alr_...}.
   *
   * @throws ProblemException {@code not-found} when it is no such id: whoever made it up is told no
   *     more than whoever guesses
   */
  static UUID id(String value, String prefix) {
    UUID id = idIfAny(value, prefix);
    if (id == null) {
      throw ProblemException.of(ProblemCode.NOT_FOUND);
    }
    return id;
  }

  /** The UUID of an id like {@code tok_...}; {@code null} when it is no such id. */
  static @Nullable UUID idIfAny(String value, String prefix) {
    var parts = ID.matcher(value);
    return parts.matches() && parts.group(1).equals(prefix)
        ? UUID.fromString(parts.group(2))
        : null;
  }

  /** A field that is not as it should be. */
  static ProblemException invalid(String pointer, String rule) {
    return ProblemException.at(pointer, ProblemCode.INVALID_FIELD, rule);
  }
}
