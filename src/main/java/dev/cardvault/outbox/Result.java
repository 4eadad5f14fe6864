package dev.cardvault.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt.
 *
 * @param end how it goes on
 * @param reason in a word, for people; holds nothing the receiver chose
 * @param notBefore how long the receiver asked to be left alone; {@code null} if it did not
 */
record Result(End end, String reason, @Nullable Duration notBefore) {

  /** How it goes on. */
  enum End {
    /** It has arrived. */
    DELIVERED,
    /** It is to be tried again. */
    RETRY,
    /** It will never arrive. */
    FAILED
  }

  static Result delivered(String reason) {
    return new Result(End.DELIVERED, reason, null);
  }

  static Result retry(String reason) {
    return new Result(End.RETRY, reason, null);
  }

  static Result failed(String reason) {
    return new Result(End.FAILED, reason, null);
  }

  Result notBefore(@Nullable Duration wait) {
    return new Result(end, reason, wait);
  }
}
