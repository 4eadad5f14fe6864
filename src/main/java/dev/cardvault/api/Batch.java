package dev.cardvault.api;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.BatchMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What bulk calls have in common. */
final class Batch {

  private Batch() {}

  /** The mode of that name. */
  static BatchMode mode(@Nullable String given) {
    return Fields.oneOf(Fields.required(given, "/mode"), "/mode", Batch::ofCode);
  }

  private static Optional<BatchMode> ofCode(String code) {
    for (BatchMode mode : BatchMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(code)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses no items, and more than {@code most}.
   *
   * @throws ProblemException {@code invalid-field} or {@code too-many-items}
   */
  static void checkSize(int size, int most) {
    if (size == 0) {
      throw Fields.invalid("/items", "There is at least one item");
    }
    if (size > most) {
      throw ProblemException.at(
          "/items", ProblemCode.TOO_MANY_ITEMS, "There are at most " + most + " items");
    }
  }
}
