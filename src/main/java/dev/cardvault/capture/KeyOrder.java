package dev.cardvault.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts batches of keys, numbered from 1, back into their order, and drops those that came twice. A
 * network may do both. Owns the keys it is given and wipes those it drops.
 */
public final class KeyOrder implements AutoCloseable {

  /** How many batches may wait for one that is missing. */
  public static final int MOST_WAITING = 16;

  private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
  private long expected = 1;

  /**
   * Takes batch {@code seq}.
   *
   * @param keys belongs to this object from here on
   * @return the batches whose turn it is now, in order, for the caller to wipe; empty when one
   *     before them is missing, or {@code seq} was there already
   */
  public List<byte[]> offer(long seq, byte[] keys) {
    if (isPast(seq) || waiting.containsKey(seq) || !mayWait(seq)) {
      Arrays.fill(keys, (byte) 0);
      return List.of();
    }
    waiting.put(seq, keys);
    List<byte[]> ready = new ArrayList<>();
    for (byte[] next = waiting.remove(expected); next != null; next = waiting.remove(expected)) {
      ready.add(next);
      expected++;
    }
    return ready;
  }

  /** Whether {@code seq} has had its turn. */
  public boolean isPast(long seq) {
    return seq < expected;
  }

  /** The number of the batch that is missing, or comes next. */
  public long expected() {
    return expected;
  }

  /** Forgets batch {@code seq}, which has waited for too long. */
  public void giveUp(long seq) {
    byte[] keys = waiting.remove(seq);
    if (keys != null) {
      Arrays.fill(keys, (byte) 0);
    }
  }

  /** Forgets all that wait. */
  @Override
  public void close() {
    waiting.values().forEach(keys -> Arrays.fill(keys, (byte) 0));
    waiting.clear();
  }

  private boolean mayWait(long seq) {
    return seq == expected || waiting.size() < MOST_WAITING;
  }
}
