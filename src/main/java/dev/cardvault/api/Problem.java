package dev.cardvault.api;

import dev.cardvault.problem.FieldError;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * How a caller is told what went wrong (RFC 9457). Nothing in it comes from the request but its id.
 *
 * @param type names the kind of problem, {@code urn:cardvault:problem:} and the code
 * @param title a sentence that holds for every problem of this kind
 * @param status the HTTP status
 * @param detail a sentence about this occurrence
 * @param instance names this occurrence: {@code urn:cardvault:request:} and the request's id
 * @param code the kind of problem
 * @param requestId names the request in logs and audit events
 * @param errors the fields at fault
 * @param retryable whether the same request may succeed later
 */
@RegisterForReflection(targets = {Problem.class, FieldError.class})
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    String code,
    String requestId,
    List<FieldError> errors,
    boolean retryable) {

  /** The media type of problems (RFC 9457, 3). */
  static final String MEDIA_TYPE = "application/problem+json";

  /** What to tell of {@code problem} in the answer to the request of that id. */
  static Problem of(ProblemException problem, String requestId) {
    ProblemCode code = problem.code();
    return new Problem(
        code.type(),
        code.title(),
        code.status(),
        problem.detail(),
        "urn:cardvault:request:" + requestId,
        code.code(),
        requestId,
        problem.errors(),
        code.retryable());
  }
}
