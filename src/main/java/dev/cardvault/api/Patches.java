package dev.cardvault.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of merge patches (RFC 7396), in which it makes a difference whether a field is
 * absent, which leaves things as they are, or {@code null}, which takes them away.
 */
final class Patches {

  private Patches() {}

  /** Whether {@code field} says that something is to be taken away. */
  static boolean takesAway(@Nullable JsonNode field) {
    return field instanceof NullNode;
  }

  /**
   * The value of {@code field}; {@code null} where it is absent or {@code null}.
   *
   * @throws ProblemException {@code malformed-json} when it is of another type
   */
  static <T> @Nullable T value(@Nullable JsonNode field, Class<T> type, String pointer) {
    if (field == null || takesAway(field)) {
      return null;
    }
    try {
      return JsonShape.fromTree(field, type);
    } catch (ProblemException e) {
      throw e.below(pointer);
    }
  }

  /**
   * The value of {@code field}, which cannot be taken away.
   *
   * @throws ProblemException {@code malformed-json} when it is {@code null} or of another type
   */
  static <T> @Nullable T kept(@Nullable JsonNode field, Class<T> type, String pointer) {
    if (takesAway(field)) {
      throw ProblemException.at(
          pointer, ProblemCode.MALFORMED_JSON, "This cannot be taken away as a whole");
    }
    return value(field, type, pointer);
  }
}
