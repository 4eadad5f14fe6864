package dev.cardvault.keys;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.Duration;

/**
 * The key server did not do what it was asked. Made of our own words alone: what the key server
 * answered may hold keys or tokens, and what a parser says of it may quote it.
 */
public final class KeyServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  /** What went wrong. */
  public enum Kind {
    /** It is sealed. */
    SEALED(ProblemCode.KEY_SERVER_SEALED),
    /** It refused our credential, or the credential lacks the right. */
    DENIED(ProblemCode.KEY_SERVER_UNAVAILABLE),
    /** It does not have the KEK. */
    NOT_FOUND(ProblemCode.KEY_SERVER_UNAVAILABLE),
    /** It called the request wrong; of a key to unwrap: it is not bound to this context. */
    INVALID(ProblemCode.KEY_SERVER_UNAVAILABLE),
    /** The wrapped key does not open: it was changed, moved, or its KEK version is gone. */
    MISMATCH(ProblemCode.INTEGRITY_FAILURE),
    /** It has too much to do. */
    THROTTLED(ProblemCode.KEY_SERVER_UNAVAILABLE, true),
    /** It has a fault. */
    FAILED(ProblemCode.KEY_SERVER_UNAVAILABLE, true),
    /** It could not be reached or did not answer in time. */
    UNREACHABLE(ProblemCode.KEY_SERVER_UNAVAILABLE, true),
    /** It was not asked, since it has not answered of late. */
    NOT_TRIED(ProblemCode.KEY_SERVER_UNAVAILABLE),
    /** Its answer is not one. */
    GARBLED(ProblemCode.KEY_SERVER_UNAVAILABLE);

    private final ProblemCode problem;
    private final boolean retryable;

    Kind(ProblemCode problem) {
      this(problem, false);
    }

    Kind(ProblemCode problem, boolean retryable) {
      this.problem = problem;
      this.retryable = retryable;
    }

    /** Whether the same call may succeed a moment later. */
    boolean retryable() {
      return retryable;
    }
  }

  private final Kind kind;

  /**
   * A failure.
   *
   * @param operation what was asked
   * @param status the HTTP status of the answer, 0 when there was none
   */
  KeyServerException(Kind kind, String operation, int status) {
    super(operation + ": " + kind + (status == 0 ? "" : ", status " + status));
    this.kind = kind;
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** What the caller is told. */
  public ProblemException problem() {
    ProblemException problem = ProblemException.of(kind.problem, this);
    return kind.problem.retryable() ? problem.retryAfter(RETRY_AFTER) : problem;
  }
}
