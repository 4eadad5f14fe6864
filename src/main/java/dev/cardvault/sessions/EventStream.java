package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureEvent;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The last events of a capture, for who comes back, and those who watch it. Guarded by its session.
 */
final class EventStream {

  /** More than a whole capture has, unless somebody plays with the keys. */
  private static final int KEPT = 256;

  private static final int MOST_WATCHERS = 16;

  private final Deque<NumberedEvent> kept = new ArrayDeque<>();
  private final Set<Watcher> watchers = new LinkedHashSet<>();
  private long last;

  long last() {
    return last;
  }

  void add(CaptureEvent event) {
    NumberedEvent numbered = new NumberedEvent(++last, event);
    kept.addLast(numbered);
    if (kept.size() > KEPT) {
      kept.removeFirst();
    }
    for (Watcher watcher : List.copyOf(watchers)) {
      watcher.happened(numbered);
      if (event.view().state().isEnd()) {
        watcher.ended();
      }
    }
  }

  /** The events after number {@code seen}; empty when some of them are forgotten. */
  boolean remembersAfter(long seen) {
    return seen <= last && seen >= last - kept.size();
  }

  List<NumberedEvent> after(long seen) {
    List<NumberedEvent> missed = new ArrayList<>();
    kept.stream().filter(event -> event.number() > seen).forEach(missed::add);
    return missed;
  }

  void add(Watcher watcher) {
    if (watchers.size() >= MOST_WATCHERS) {
      throw ProblemException.of(ProblemCode.RATE_LIMITED, "Enough are watching this capture");
    }
    watchers.add(watcher);
  }

  void remove(Watcher watcher) {
    watchers.remove(watcher);
  }
}
