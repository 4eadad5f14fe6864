package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureEvent;
import java.util.List;

/** Is told of all that happens to a session, in order and under its lock: must not block. */
@FunctionalInterface
interface SessionListener {

  /** {@code events} happened; there may be none, when only a clock was moved. */
  void happened(Session session, List<CaptureEvent> events);
}
