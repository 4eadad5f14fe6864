package dev.cardvault.verifier;

import dev.cardvault.ledger.AuditLeaf;
import java.util.HashMap;
import java.util.Map;

/**
 * Which events have no row any more, and whether they may: a month's rows leave all at once, and
 * the log has an event that tells of it.
 */
final class MissingRows {

  private static final String TOLD_BY = "AUDIT_ARCHIVE";
  private static final String REASON = "the event's row is gone";
  private static final int YEAR_AND_MONTH = 7;

  private final Map<Month, Boolean> present = new HashMap<>();
  private final Map<Month, Long> missing = new HashMap<>();
  private final Map<String, Integer> told = new HashMap<>();

  private record Month(String tenant, String month) {

    static Month of(AuditLeaf leaf) {
      String at = leaf.event().getOrDefault("at", "");
      return new Month(leaf.tenant(), at.substring(0, Math.min(YEAR_AND_MONTH, at.length())));
    }
  }

  /**
   * Takes the next leaf.
   *
   * @param hasRow whether its event can still be searched for
   * @throws TamperedException if other events of its month have rows, or have none
   */
  void next(AuditLeaf leaf, boolean hasRow) throws TamperedException {
    if (TOLD_BY.equals(leaf.event().get("action"))) {
      told.merge(leaf.tenant(), 1, Integer::sum);
    }
    Month month = Month.of(leaf);
    if (hasRow) {
      present.put(month, true);
    } else {
      missing.putIfAbsent(month, leaf.index());
    }
    if (present.containsKey(month) && missing.containsKey(month)) {
      throw new TamperedException(missing.get(month), REASON);
    }
  }

  /**
   * Ends.
   *
   * @throws TamperedException if more months have left than the log tells of
   */
  void end() throws TamperedException {
    Map<String, Integer> left = new HashMap<>(told);
    Map<String, Long> untold = new HashMap<>();
    missing.forEach(
        (month, first) -> {
          if (left.merge(month.tenant(), -1, Integer::sum) < 0) {
            untold.merge(month.tenant(), first, Math::max);
          }
        });
    if (!untold.isEmpty()) {
      throw new TamperedException(untold.values().iterator().next(), REASON);
    }
  }
}
