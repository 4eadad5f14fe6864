package dev.cardvault.verifier;

import dev.cardvault.ledger.AuditLeaf;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Whether leaves follow each other as they must: by index, by time, by each tenant's numbers. */
final class LeafOrder {

  private final Map<String, Long> numbers = new HashMap<>();
  private final boolean fromTheFirst;
  private Instant time = Instant.MIN;

  /**
   * Begins before the first leaf.
   *
   * @param fromTheFirst whether each tenant's first one seen must be its number 1
   */
  LeafOrder(boolean fromTheFirst) {
    this.fromTheFirst = fromTheFirst;
  }

  /**
   * Takes the next leaf.
   *
   * @param index where it stands
   * @throws TamperedException if it cannot stand there
   */
  void next(long index, AuditLeaf leaf) throws TamperedException {
    if (leaf.index() != index) {
      throw new TamperedException(
          index, "the leaf says that its place is " + leaf.index() + ", not " + index);
    }
    if (leaf.sequencedAt().isBefore(time)) {
      throw new TamperedException(index, "the leaf is older than the one before it");
    }
    time = leaf.sequencedAt();
    Long last = numbers.put(leaf.tenant(), leaf.number());
    long expected = last == null ? fromTheFirst ? 1 : leaf.number() : last + 1;
    if (leaf.number() != expected) {
      throw new TamperedException(
          index,
          "it is its tenant's event number %d, where number %d must follow"
              .formatted(leaf.number(), expected));
    }
  }
}
