package dev.cardvault.problem;

/**
 * What is wrong with one field.
 *
 * @param pointer where the field stands, as a JSON pointer (RFC 6901); empty for the body itself
 * @param code the rule that was broken, as {@link ProblemCode#code()} writes it
 * @param message the rule in words; never the value that broke it
 */
public record FieldError(String pointer, String code, String message) {

  /** An error of {@code code} at {@code pointer}. */
  public static FieldError at(String pointer, ProblemCode code, String message) {
    return new FieldError(pointer, code.code(), message);
  }
}
