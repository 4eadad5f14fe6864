package dev.cardvault.vault;

import dev.cardvault.problem.ProblemException;
import java.util.function.Function;

/** What became of one item of a bulk call. */
public sealed interface ItemResult<T> {

  /** Whichever it was, turned into one thing. */
  <R> R match(Function<T, R> done, Function<ProblemException, R> failed);

  /**
   * It was done.
   *
   * @param value with this result
   */
  record Done<T>(T value) implements ItemResult<T> {
    @Override
    public <R> R match(Function<T, R> done, Function<ProblemException, R> failed) {
      return done.apply(value);
    }
  }

  /**
   * It was refused or failed.
   *
   * @param problem for this reason
   */
  record Failed<T>(ProblemException problem) implements ItemResult<T> {
    @Override
    public <R> R match(Function<T, R> done, Function<ProblemException, R> failed) {
      return failed.apply(problem);
    }
  }
}
