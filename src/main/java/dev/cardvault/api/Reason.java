package dev.cardvault.api;

import dev.cardvault.access.Purpose;
import dev.cardvault.access.Reference;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a card is asked for. Who does not say, gets nothing. */
final class Reason {

  private static final int LONGEST = 128;

  private Reason() {}

  /**
   * The purpose of that code.
   *
   * @throws ProblemException {@code missing-purpose} or {@code invalid-field}
   */
  static Purpose purpose(@Nullable String code) {
    if (code == null) {
      throw missing("/purpose", ProblemCode.MISSING_PURPOSE);
    }
    return Fields.oneOf(code, "/purpose", Purpose::ofCode);
  }

  /**
   * The business record.
   *
   * @throws ProblemException {@code missing-reference} or {@code invalid-field}
   */
  static Reference reference(@Nullable ReferenceFields given) {
    if (given == null) {
      throw missing("/reference", ProblemCode.MISSING_REFERENCE);
    }
    if (given.type() == null) {
      throw missing("/reference/type", ProblemCode.MISSING_REFERENCE);
    }
    if (given.id() == null) {
      throw missing("/reference/id", ProblemCode.MISSING_REFERENCE);
    }
    return new Reference(
        Fields.oneOf(given.type(), "/reference/type", Reason::typeOfCode),
        Fields.text(given.id(), "/reference/id", LONGEST));
  }

  private static Optional<Reference.Type> typeOfCode(String code) {
    return Stream.of(Reference.Type.values()).filter(t -> t.code().equals(code)).findFirst();
  }

  private static ProblemException missing(String pointer, ProblemCode code) {
    return ProblemException.at(pointer, code, code.title());
  }
}
