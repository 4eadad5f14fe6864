package dev.cardvault.audit;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many events this process has written, by action and outcome, for metrics. One whose
 * transaction failed afterwards is counted as well; the log itself is what proves.
 */
public final class EventCounts {

  private final LongAdder[][] counts =
      new LongAdder[Action.values().length][Outcome.values().length];

  EventCounts() {
    for (LongAdder[] row : counts) {
      for (int i = 0; i < row.length; i++) {
        row[i] = new LongAdder();
      }
    }
  }

  void add(List<AuditEvent> events) {
    for (AuditEvent event : events) {
      counts[event.action().ordinal()][event.outcome().ordinal()].increment();
    }
  }

  /** Events of that action and outcome since the start. */
  public long of(Action action, Outcome outcome) {
    return counts[action.ordinal()][outcome.ordinal()].sum();
  }
}
