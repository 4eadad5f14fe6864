package dev.cardvault.batch;

import java.util.List;

/**
 * What a {@link Coalescer} does with the items that came together.
 *
 * @param <K> what items must share to be done together
 * @param <T> an item
 * @param <R> its result
 */
public interface GroupWork<K, T, R> {

  /**
   * Does {@code items} all at once, or none of them when it throws.
   *
   * @return one result an item, in their order
   */
  List<R> doAll(K group, List<T> items) throws Exception;

  /**
   * Whether {@code failure} may be the fault of one item, so that the others are tried without it.
   */
  boolean mayBeOneItems(Exception failure);

  /** What the callers are told of {@code failure}. */
  RuntimeException problemOf(Exception failure);

  /** What a caller is told whose item finds the queue full. */
  RuntimeException overloaded();

  /** What a caller is told whose item was not done in time; it may be done all the same. */
  RuntimeException overdue();
}
