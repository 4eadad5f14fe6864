package dev.cardvault.capture;

import dev.cardvault.capture.CaptureEvent.Type;
import dev.cardvault.card.CardBrand;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One card being keyed. Keys, commands and ticks go in; each answers with what happened because of
 * it. What is overdue happens before a key or command is looked at, so a late tick changes nothing.
 * Its digits are wiped when it ends, whichever way. Not safe for several threads at once.
 */
public final class Capture implements AutoCloseable {

  private final CaptureRules rules;
  private final CaptureClock clock;
  private final @Nullable LinkCode linkCode;
  private final Entries entries;
  private final Countdown countdown;
  private final DigitBuffer linkDigits = new DigitBuffer(LinkCode.LENGTH);
  private List<CaptureEvent> events = new ArrayList<>();
  private CaptureState state = CaptureState.CREATED;
  private @Nullable Reason reason;
  private @Nullable String lastFour;

  /** An entry ended without its end key, which may still be on its way. */
  private boolean endKeyIsLate;

  /** The rest of a refused entry is still being keyed. */
  private boolean draining;

  /**
   * A capture that waits for its first key.
   *
   * @param fields what to ask for, in this order; the card's number among them, none twice
   * @param linkCode its link code; {@code null} for a capture that has none
   * @throws IllegalArgumentException when the fields are not such, or when a link is required and
   *     there is no code
   */
  public Capture(
      List<Field> fields, CaptureRules rules, @Nullable LinkCode linkCode, CaptureClock clock) {
    if (rules.linkRequired() && linkCode == null) {
      throw new IllegalArgumentException("A required link needs a code");
    }
    this.rules = rules;
    this.clock = clock;
    this.linkCode = linkCode;
    this.entries = new Entries(fields, rules.fields(), clock);
    this.countdown = new Countdown(rules.limits(), clock.millis());
  }

  /**
   * Takes keys as the caller presses them. Keys that mean nothing here are passed over.
   *
   * @param keys ASCII; the array stays the caller's to wipe
   * @throws ProblemException {@code capture-ended} when nothing can come of them any more
   */
  public List<CaptureEvent> keys(byte[] keys) {
    requireOpen();
    for (byte key : keys) {
      overdue();
      if (!state.isEnd()) {
        press(key);
      }
    }
    return happened();
  }

  /**
   * Does as an agent, or whoever runs the call, says.
   *
   * @param field which field it is about; {@code null} for the one being asked for
   * @throws ProblemException {@code capture-ended}, or {@code state-conflict} when it makes no
   *     sense now
   */
  public List<CaptureEvent> command(Command command, @Nullable Field field) {
    requireOpen();
    overdue();
    if (!state.isEnd()) {
      obey(command, field);
    }
    return happened();
  }

  /**
   * Ties call and screen together by {@code digits}, which stay the caller's to wipe; {@link
   * #isLinkedBy} tells whether they were right.
   *
   * @throws ProblemException {@code capture-ended}
   */
  public List<CaptureEvent> link(byte[] digits) {
    requireOpen();
    overdue();
    if (!state.isEnd()) {
      tryLink(digits);
    }
    return happened();
  }

  /** Whether {@code events} say that a link code was right. */
  public static boolean isLinkedBy(List<CaptureEvent> events) {
    return events.stream().anyMatch(event -> event.type() == Type.LINKED);
  }

  /** Lets time pass: does whatever is overdue. */
  public List<CaptureEvent> tick() {
    overdue();
    return happened();
  }

  /** How long until {@link #tick} has something to do; never negative, and a year after the end. */
  public Duration untilNextTick() {
    return Duration.ofMillis(Math.max(0, deadline() - clock.millis()));
  }

  /** The caller hung up: the end, unless the capture has ended before or its token is made. */
  public List<CaptureEvent> hangUp() {
    if (!state.isEnd() && state != CaptureState.TOKENIZING) {
      end(CaptureState.ABANDONED, Reason.HUNG_UP);
    }
    return happened();
  }

  /** Its node does not hold it any more: the end, whatever it was doing. */
  public List<CaptureEvent> lose() {
    end(CaptureState.LOST, Reason.RESTART_REQUIRED);
    return happened();
  }

  /**
   * The card, in the state TOKENIZING, for the caller to close. The digits stay here until {@link
   * #completed} or {@link #refused}, so that it can be asked for again when the vault did not
   * answer.
   *
   * @throws IllegalStateException in any other state
   */
  public CollectedCard card() {
    if (state != CaptureState.TOKENIZING) {
      throw new IllegalStateException("There is a card only once all fields are confirmed");
    }
    return entries.card();
  }

  /** The vault gave a token. */
  public List<CaptureEvent> completed() {
    end(CaptureState.COMPLETED, null);
    return happened();
  }

  /** The vault gave no token, and will give none. */
  public List<CaptureEvent> refused() {
    end(CaptureState.FAILED, Reason.TOKEN_REFUSED);
    return happened();
  }

  /** Where it is in its life. */
  public CaptureState state() {
    return state;
  }

  /** As an agent may see it. */
  public CaptureView view() {
    long now = clock.millis();
    boolean over = state.isEnd() || state == CaptureState.TOKENIZING;
    return new CaptureView(
        state,
        state.isAsking() ? entries.current().field() : null,
        entries.views(),
        entries.brand(),
        lastFour,
        reason,
        Duration.ofMillis(state.isEnd() ? 0 : Math.max(0, countdown.expiresAt() - now)),
        Duration.ofMillis(over ? 0 : Math.max(0, deadline() - now)));
  }

  /** Wipes all digits; harmless when done twice. */
  @Override
  public void close() {
    entries.wipe();
    linkDigits.wipe();
  }

  // Keys

  private void press(byte key) {
    if (state == CaptureState.CREATED && rules.linkRequired()) {
      pressLinkKey(key);
    } else if (state == CaptureState.CONFIRMING) {
      pressAnswer(key);
    } else if (state != CaptureState.TOKENIZING && KeyMap.isDigit(key)) {
      pressDigit(key);
    } else if (state.isAsking() && key == rules.keys().end()) {
      pressEnd();
    } else if (state.isAsking() && key == rules.keys().clear()) {
      clear();
    }
  }

  private void pressLinkKey(byte key) {
    if (key == rules.keys().clear()) {
      linkDigits.wipe();
    } else if (KeyMap.isDigit(key)) {
      linkDigits.add(key);
      if (linkDigits.count() == LinkCode.LENGTH) {
        byte[] given = linkDigits.copy();
        linkDigits.wipe();
        tryLink(given);
        endKeyIsLate = true;
        Arrays.fill(given, (byte) 0);
      }
    }
  }

  private void tryLink(byte[] digits) {
    LinkCode code = linkCode;
    if (code == null || countdown.linkIsOver(clock.millis())) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "The link code is not good any more");
    }
    if (code.matches(digits)) {
      if (state == CaptureState.CREATED) {
        state = CaptureState.LINKED;
      }
      tell(Type.LINKED, null, null);
      return;
    }
    tell(Type.WARNING, null, Reason.LINK_CODE_WRONG);
    if (code.isUsedUp() && state == CaptureState.CREATED && rules.linkRequired()) {
      end(CaptureState.FAILED, Reason.LINK_CODE_USED_UP);
    }
  }

  private void pressAnswer(byte key) {
    if (key == rules.keys().end()) {
      // Right behind the last digit it still means that digit, and no yes.
      boolean late = endKeyIsLate && countdown.isSameBurst(clock.millis());
      endKeyIsLate = false;
      if (!late) {
        tokenize();
      }
    } else if (key == rules.keys().clear()) {
      entries.resetAll();
      lastFour = null;
      ask(entries.first());
    }
  }

  private void pressDigit(byte digit) {
    long now = clock.millis();
    if (draining && countdown.isSameBurst(now)) {
      countdown.key(now);
      return;
    }
    draining = false;
    endKeyIsLate = false;
    linkImplicitly();
    Entry entry = entries.current();
    CardBrand before = entries.brand();
    state = CaptureState.COLLECTING;
    reason = null;
    entry.add(digit);
    Reading reading = entries.reading();
    boolean warn = entry.note(reading);
    countdown.key(now);
    tell(Type.KEY, entry.field(), null);
    if (entries.brand() != null && entries.brand() != before) {
      tell(Type.BRAND, entry.field(), null);
    }
    if (warn) {
      tell(Type.WARNING, entry.field(), reading.warning());
    }
    decide(entry, reading);
  }

  /** Takes or refuses an entry on which no further key can change anything. */
  private void decide(Entry entry, Reading reading) {
    if (reading.hopeless()) {
      endKeyIsLate = true;
      draining = entry.field() == Field.PAN;
      refuse(entry, reading.fault());
    } else if (reading.acceptable() && !reading.mayGrow()) {
      endKeyIsLate = true;
      accept(entry);
    }
  }

  private void pressEnd() {
    if (endKeyIsLate) {
      endKeyIsLate = false;
      draining = false;
      return;
    }
    linkImplicitly();
    finish();
  }

  /** The entry ends here: with an end key, or because no key came any more. */
  private void finish() {
    Entry entry = entries.current();
    Reading reading = entries.reading();
    if (entry.digits().isEmpty()) {
      refuse(entry, Reason.NO_INPUT);
    } else if (reading.acceptable()) {
      accept(entry);
    } else {
      refuse(entry, reading.fault());
    }
  }

  private void clear() {
    draining = false;
    endKeyIsLate = false;
    Entry entry = entries.current();
    entry.reset();
    ask(entry);
  }

  // Fields

  private void accept(Entry entry) {
    entry.accept();
    state = CaptureState.FIELD_OK;
    reason = null;
    if (entry.field() == Field.PAN) {
      lastFour = entry.digits().text(entry.digits().count() - 4);
      entries.expectCode();
    }
    Entry next = entries.next();
    if (next != null) {
      entries.makeCurrent(next);
      countdown.ask(clock.millis());
    }
    tell(Type.ACCEPTED, entry.field(), null);
    Entry unfit = entry.field() == Field.PAN ? entries.misfitCode() : null;
    if (unfit != null) {
      askAgain(unfit);
    } else if (next == null) {
      finishFields();
    }
  }

  /** The code was keyed before the card was known, and the card wants one of another length. */
  private void askAgain(Entry code) {
    code.reset();
    entries.makeCurrent(code);
    countdown.ask(clock.millis());
    state = CaptureState.FIELD_INVALID;
    reason = Reason.CODE_LENGTH_INVALID;
    tell(Type.INVALID, code.field(), reason);
  }

  private void finishFields() {
    if (!rules.readBack()) {
      tokenize();
      return;
    }
    state = CaptureState.CONFIRMING;
    tell(Type.CONFIRMING, null, null);
  }

  private void tokenize() {
    state = CaptureState.TOKENIZING;
    tell(Type.TOKENIZING, null, null);
  }

  private void refuse(Entry entry, @Nullable Reason why) {
    entry.refuse();
    state = CaptureState.FIELD_INVALID;
    reason = why;
    countdown.ask(clock.millis());
    tell(Type.INVALID, entry.field(), why);
    if (entry.attempts() >= rules.limits().attempts()) {
      end(CaptureState.FAILED, Reason.ATTEMPTS_USED_UP);
    }
  }

  private void ask(Entry entry) {
    entries.makeCurrent(entry);
    state = CaptureState.COLLECTING;
    reason = null;
    countdown.ask(clock.millis());
    tell(Type.ASKED, entry.field(), null);
  }

  /** Where no link code is asked for, the call is tied by whoever may send its keys. */
  private void linkImplicitly() {
    if (state == CaptureState.CREATED) {
      state = CaptureState.LINKED;
      tell(Type.LINKED, null, null);
    }
  }

  // Commands

  private void obey(Command command, @Nullable Field field) {
    if (command == Command.CANCEL) {
      if (state == CaptureState.TOKENIZING) {
        throw ProblemException.of(ProblemCode.STATE_CONFLICT, "The token is being made");
      }
      end(CaptureState.CANCELLED, Reason.CANCELLED);
      return;
    }
    if (state == CaptureState.TOKENIZING
        || (state == CaptureState.CREATED && rules.linkRequired())) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT);
    }
    draining = false;
    endKeyIsLate = false;
    linkImplicitly();
    switch (command) {
      case RESET -> reset(entries.named(field));
      case ASK -> askFor(entries.named(field));
      case SKIP -> skip(entries.named(field));
      case BACK -> reset(state == CaptureState.CONFIRMING ? entries.current() : entries.before());
      case COMPLETE -> complete();
      case CANCEL -> throw new IllegalStateException("Done above");
    }
  }

  private void reset(Entry entry) {
    forget(entry);
    tell(Type.CLEARED, entry.field(), null);
    ask(entry);
  }

  private void askFor(Entry entry) {
    if (entry != entries.current() || entry.isDone()) {
      forget(entry);
    }
    ask(entry);
  }

  private void forget(Entry entry) {
    if (entry != entries.current() && !entries.current().isDone()) {
      entries.current().reset();
    }
    entry.reset();
    if (entry.field() == Field.PAN) {
      lastFour = null;
    }
  }

  private void skip(Entry entry) {
    if (entry.field() == Field.PAN) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "The card's number is needed");
    }
    boolean asked = state.isAsking() && entry == entries.current();
    entry.skip();
    Entry next = entries.next();
    if (asked && next != null) {
      entries.makeCurrent(next);
      state = CaptureState.FIELD_OK;
      countdown.ask(clock.millis());
    }
    tell(Type.SKIPPED, entry.field(), null);
    if (asked && next == null) {
      finishFields();
    }
  }

  private void complete() {
    if (state == CaptureState.CONFIRMING) {
      tokenize();
      return;
    }
    if (entries.current().digits().isEmpty()) {
      throw ProblemException.of(ProblemCode.STATE_CONFLICT, "Fields are missing");
    }
    finish();
  }

  // Time

  private void overdue() {
    while (!state.isEnd() && deadline() <= clock.millis()) {
      long now = clock.millis();
      if (countdown.expiresAt() <= now || state == CaptureState.CREATED) {
        end(CaptureState.EXPIRED, Reason.TIMED_OUT);
      } else {
        endKeyIsLate = !entries.current().digits().isEmpty();
        finish();
      }
    }
  }

  private long deadline() {
    if (state.isEnd() || state == CaptureState.TOKENIZING) {
      return countdown.never();
    }
    if (state == CaptureState.CREATED) {
      return rules.linkRequired() ? countdown.linkEndsAt() : countdown.expiresAt();
    }
    if (!state.isAsking() || state == CaptureState.LINKED) {
      return countdown.expiresAt();
    }
    Entry entry = entries.current();
    return entry.digits().isEmpty()
        ? countdown.firstDigitDueAt()
        : countdown.nextDigitDueAt(entries.acceptsByPause());
  }

  // Ends and events

  private void end(CaptureState how, @Nullable Reason why) {
    if (state.isEnd()) {
      return;
    }
    close();
    state = how;
    reason = why;
    tell(Type.ENDED, null, why);
  }

  private void requireOpen() {
    if (state.isEnd()) {
      throw ProblemException.of(ProblemCode.CAPTURE_ENDED);
    }
  }

  private void tell(Type type, @Nullable Field field, @Nullable Reason why) {
    events.add(new CaptureEvent(type, field, why, view()));
  }

  private List<CaptureEvent> happened() {
    List<CaptureEvent> all = events;
    events = new ArrayList<>();
    return all;
  }
}
