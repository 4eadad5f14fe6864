package dev.cardvault.sessions;

import dev.cardvault.access.Caller;
import dev.cardvault.capture.Capture;
import dev.cardvault.capture.CaptureClock;
import dev.cardvault.capture.CaptureEvent;
import dev.cardvault.capture.CaptureState;
import dev.cardvault.capture.CaptureView;
import dev.cardvault.capture.CollectedCard;
import dev.cardvault.capture.Command;
import dev.cardvault.capture.Field;
import dev.cardvault.capture.KeyOrder;
import dev.cardvault.capture.LinkCode;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.TokenView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One capture on the node that holds its digits. Safe for many threads; none waits in here long.
 */
final class Session {

  private final CaptureId id;
  private final Caller opener;
  private final CapturePlan plan;
  private final Instant expiresAt;
  private final Capture capture;
  private final SessionListener listener;
  private final KeyOrder order = new KeyOrder();
  private final EventStream stream = new EventStream();
  private final TreeMap<Long, CompletableFuture<Progress>> waiting = new TreeMap<>();
  private volatile SecretHashes secrets;
  private final CaptureClock clock;
  private long keys;
  private long leasedUntil = Long.MAX_VALUE;
  private @Nullable TokenView token;
  private boolean keptCode;

  Session(
      CaptureId id,
      Caller opener,
      CapturePlan plan,
      SecretHashes secrets,
      LinkCode code,
      Instant expiresAt,
      CaptureClock clock,
      SessionListener listener) {
    this.id = id;
    this.opener = opener;
    this.plan = plan;
    this.secrets = secrets;
    this.expiresAt = expiresAt;
    this.clock = clock;
    this.capture = new Capture(plan.fields(), plan.rules(), code, clock);
    this.listener = listener;
  }

  CaptureId id() {
    return id;
  }

  Caller opener() {
    return opener;
  }

  CapturePlan plan() {
    return plan;
  }

  /** The hashes of its secrets; screens that are linked add theirs. */
  SecretHashes secrets() {
    return secrets;
  }

  Instant expiresAt() {
    return expiresAt;
  }

  /**
   * Takes batch {@code seq} of keys, which are wiped. The stage is done when its turn has come; it
   * fails with {@code resync} when {@link #giveUp} came before.
   *
   * @throws ProblemException {@code capture-ended}
   */
  synchronized CompletionStage<Progress> keys(long seq, byte[] batch) {
    checkLease();
    if (capture.state().isEnd()) {
      Arrays.fill(batch, (byte) 0);
      throw ProblemException.of(ProblemCode.CAPTURE_ENDED);
    }
    keys += batch.length;
    for (byte[] ready : order.offer(seq, batch)) {
      press(ready);
    }
    CompletableFuture<Progress> turn =
        waiting.computeIfAbsent(seq, number -> new CompletableFuture<>());
    answerThoseWhoseTurnHasCome();
    return turn;
  }

  private void press(byte[] batch) {
    try {
      if (!capture.state().isEnd()) {
        publish(capture.keys(batch));
      }
    } finally {
      Arrays.fill(batch, (byte) 0);
    }
  }

  private void answerThoseWhoseTurnHasCome() {
    List<CompletableFuture<Progress>> due = new ArrayList<>();
    while (!waiting.isEmpty() && order.isPast(waiting.firstKey())) {
      due.add(waiting.pollFirstEntry().getValue());
    }
    Progress progress = progress();
    due.forEach(turn -> turn.complete(progress));
  }

  /** Batch {@code seq} has waited long enough for one that is missing. */
  synchronized void giveUp(long seq) {
    CompletableFuture<Progress> turn = waiting.remove(seq);
    if (turn != null) {
      order.giveUp(seq);
      turn.completeExceptionally(
          ProblemException.of(
              ProblemCode.RESYNC, "Keys are missing; go on with seq " + order.expected()));
    }
  }

  synchronized Progress command(Command command, @Nullable Field field) {
    checkLease();
    changing(() -> capture.command(command, field));
    return progress();
  }

  /** Whether {@code digits} are its link code; they are wiped. */
  synchronized boolean link(byte[] digits) {
    try {
      checkLease();
      return Capture.isLinkedBy(changing(() -> capture.link(digits)));
    } finally {
      Arrays.fill(digits, (byte) 0);
    }
  }

  /** One more screen may watch and ask for fields. */
  synchronized void addDesk(byte[] hash) {
    secrets = secrets.withDesk(hash);
  }

  synchronized Progress hangUp() {
    publish(capture.hangUp());
    return progress();
  }

  /** Does what is overdue; returns how long until there is more to do. */
  synchronized Duration tick() {
    checkLease();
    publish(capture.tick());
    return capture.untilNextTick();
  }

  synchronized Duration untilNextTick() {
    return capture.untilNextTick();
  }

  synchronized CollectedCard card() {
    return capture.card();
  }

  /**
   * The vault gave {@code made}.
   *
   * @param withCode whether its security code is kept for a while, to be fetched
   */
  synchronized void completed(TokenView made, boolean withCode) {
    token = made;
    keptCode = withCode;
    publish(capture.completed());
  }

  synchronized void refused() {
    publish(capture.refused());
  }

  /** All nodes believe until {@code millis} of the captures' clock that this one holds it. */
  synchronized void leasedUntil(long millis) {
    leasedUntil = millis;
  }

  /** A node that stood still for too long must not go on: others have called its captures lost. */
  private void checkLease() {
    if (clock.millis() > leasedUntil && !capture.state().isEnd()) {
      lose();
    }
  }

  /** Another node, or this one's own clock, says that its lease is over. */
  synchronized void lose() {
    publish(capture.lose());
  }

  /** Overwrites its digits, and tells nobody. */
  synchronized void wipe() {
    capture.close();
    order.close();
  }

  synchronized CaptureState state() {
    return capture.state();
  }

  synchronized CaptureView view() {
    return capture.view();
  }

  /** The token it ended in. */
  synchronized @Nullable TokenView token() {
    return token;
  }

  synchronized boolean keptCode() {
    return keptCode;
  }

  /** How many keys came, dropped ones included. */
  synchronized long keyCount() {
    return keys;
  }

  synchronized Progress progress() {
    CaptureView view = capture.view();
    return new Progress(order.expected(), view);
  }

  /**
   * Tells {@code watcher} what it has missed, and then whatever happens.
   *
   * @param seen the number of the last event it knows; negative when it knows none
   */
  synchronized void watch(Watcher watcher, long seen) {
    checkLease();
    if (seen >= 0 && stream.remembersAfter(seen)) {
      stream.after(seen).forEach(watcher::happened);
    } else {
      watcher.stands(stream.last(), capture.view());
    }
    if (capture.state().isEnd()) {
      watcher.ended();
    } else {
      stream.add(watcher);
    }
  }

  synchronized void unwatch(Watcher watcher) {
    stream.remove(watcher);
  }

  /** What was overdue has happened even where what was asked for is refused. */
  private List<CaptureEvent> changing(Supplier<List<CaptureEvent>> change) {
    try {
      List<CaptureEvent> events = change.get();
      publish(events);
      return events;
    } catch (ProblemException refused) {
      publish(capture.tick());
      throw refused;
    }
  }

  private void publish(List<CaptureEvent> events) {
    events.forEach(stream::add);
    if (capture.state().isEnd()) {
      order.close();
      ProblemException over = ProblemException.of(ProblemCode.CAPTURE_ENDED);
      List.copyOf(waiting.tailMap(order.expected(), true).values())
          .forEach(turn -> turn.completeExceptionally(over));
      waiting.tailMap(order.expected(), true).clear();
    }
    listener.happened(this, events);
  }
}
