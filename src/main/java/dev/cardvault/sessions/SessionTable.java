package dev.cardvault.sessions;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The captures of this node by their ids, each with its next tick. */
@ApplicationScoped
class SessionTable {

  /** How long an ended capture can still be asked for here; all nodes know its state for longer. */
  private static final Duration KEPT_AFTER_END = Duration.ofMinutes(15);

  private static final int MOST_REMEMBERED = 2000;

  private final SessionClock clock;
  private final SessionsConfig config;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, Remembered> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
              return size() > MOST_REMEMBERED;
            }
          });

  SessionTable(SessionClock clock, SessionsConfig config, MeterRegistry meters) {
    this.clock = clock;
    this.config = config;
    Gauge.builder("cardvault.captures.open", this, SessionTable::open)
        .description("Captures that are open on this node")
        .register(meters);
  }

  /**
   * Makes sure that one more may be opened.
   *
   * @throws ProblemException {@code overloaded}
   */
  void requireRoom() {
    if (open() >= config.open()) {
      throw ProblemException.of(ProblemCode.OVERLOADED).retryAfter(Duration.ofSeconds(5));
    }
  }

  private long open() {
    return entries.values().stream().filter(entry -> !entry.session.state().isEnd()).count();
  }

  void add(Session session) {
    Entry entry = new Entry(session);
    entries.put(session.id().text(), entry);
    schedule(entry);
  }

  Optional<Session> find(String id) {
    return Optional.ofNullable(entries.get(id)).map(entry -> entry.session);
  }

  /** A capture that another node held, and nobody holds any more. */
  Optional<Remembered> remembered(String id) {
    return Optional.ofNullable(remembered.get(id));
  }

  void remember(Remembered capture) {
    remembered.put(capture.id(), capture);
  }

  /**
   * The capture of that id.
   *
   * @throws ProblemException {@code capture-not-found}, or {@code capture-ended} when it was
   *     another node's
   */
  Session get(String id) {
    return find(id)
        .orElseThrow(
            () ->
                ProblemException.of(
                    remembered.containsKey(id)
                        ? ProblemCode.CAPTURE_ENDED
                        : ProblemCode.CAPTURE_NOT_FOUND));
  }

  List<Session> all() {
    return entries.values().stream().map(entry -> entry.session).toList();
  }

  /** Something happened to {@code session}: its next tick may be another. */
  void happened(Session session) {
    Entry entry = entries.get(session.id().text());
    if (entry != null) {
      schedule(entry);
    }
  }

  private void schedule(Entry entry) {
    // The session's own lock, under which this is mostly called anyway.
    synchronized (entry.session) {
      Future<?> before = entry.tick;
      if (before != null) {
        before.cancel(false);
      }
      boolean over = entry.session.state().isEnd();
      Duration wait = over ? KEPT_AFTER_END : entry.session.untilNextTick();
      Runnable work = over ? () -> forget(entry) : entry.session::tick;
      entry.tick = clock.after(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS, work);
    }
  }

  private void forget(Entry entry) {
    entries.remove(entry.session.id().text());
  }

  /** The process ends: no digit outlives it. Nodes that go on call its captures lost. */
  @PreDestroy
  void wipeAll() {
    all().forEach(Session::wipe);
  }

  private static final class Entry {
    private final Session session;
    private @Nullable Future<?> tick;

    Entry(Session session) {
      this.session = session;
    }
  }
}
