package dev.cardvault.problem;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered as asked. Its message names the rule and never repeats input,
 * since it reaches the caller and the log.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemCode code;
  private final transient List<FieldError> errors;
  private final transient @Nullable Duration retryAfter;

  private ProblemException(
      ProblemCode code,
      String detail,
      List<FieldError> errors,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    // A refused request is ordinary; its stack trace would cost more than the request. Faults of
    // ours keep one.
    super(detail, cause, false, code.status() >= 500);
    this.code = code;
    this.errors = List.copyOf(errors);
    this.retryAfter = retryAfter;
  }

  /** A problem whose title says it all. */
  public static ProblemException of(ProblemCode code) {
    return of(code, code.title());
  }

  /** A problem with a sentence about this occurrence. */
  public static ProblemException of(ProblemCode code, String detail) {
    return new ProblemException(code, detail, List.of(), null, null);
  }

  /**
   * A problem that comes of another fault; the cause is for the log and never reaches the caller.
   */
  public static ProblemException of(ProblemCode code, Throwable cause) {
    return new ProblemException(code, code.title(), List.of(), null, cause);
  }

  /** A problem of one field. */
  public static ProblemException at(String pointer, ProblemCode code, String message) {
    return new ProblemException(
        code, message, List.of(FieldError.at(pointer, code, message)), null, null);
  }

  /** A problem of several fields. */
  public static ProblemException at(ProblemCode code, List<FieldError> errors) {
    return new ProblemException(code, code.title(), errors, null, null);
  }

  /** The problem that {@code failure} is or wraps; anything else is a fault of ours. */
  public static ProblemException from(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ProblemException problem ? problem : of(ProblemCode.INTERNAL, cause);
  }

  /** The same problem, with a hint when to try again (RFC 9110, 10.2.3). */
  public ProblemException retryAfter(Duration wait) {
    return new ProblemException(code, detail(), errors, wait, getCause());
  }

  /** The same problem with every pointer below {@code prefix}, for an item of a batch. */
  public ProblemException below(String prefix) {
    List<FieldError> moved =
        errors.stream()
            .map(e -> new FieldError(prefix + e.pointer(), e.code(), e.message()))
            .toList();
    return new ProblemException(code, detail(), moved, retryAfter, getCause());
  }

  /** What went wrong. */
  public ProblemCode code() {
    return code;
  }

  /** A sentence about this occurrence. */
  public String detail() {
    String message = getMessage();
    return message == null ? code.title() : message;
  }

  /** The fields at fault; empty when the request as a whole is. */
  public List<FieldError> errors() {
    return errors;
  }

  /** How long to wait before trying again, if that is known. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
