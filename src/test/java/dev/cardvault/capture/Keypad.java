package dev.cardvault.capture;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A capture with somebody at its keypad, on a clock that is moved by hand. */
final class Keypad implements CaptureClock {

  static final YearMonth NOW = YearMonth.of(2026, 11);

  static final List<Field> ALL =
      List.of(Field.PAN, Field.EXPIRY, Field.SECURITY_CODE, Field.POSTAL_CODE);

  private long millis = 1_000_000;
  private final Capture capture;
  private final List<CaptureEvent> events = new ArrayList<>();

  Keypad(Field... fields) {
    this(CaptureRules.DEFAULT, fields);
  }

  Keypad(CaptureRules rules, Field... fields) {
    this(rules, null, fields);
  }

  Keypad(CaptureRules rules, @Nullable LinkCode code, Field... fields) {
    this.capture = new Capture(List.of(fields), rules, code, this);
  }

  static CaptureRules taking(FieldRules fields) {
    return new CaptureRules(KeyMap.DEFAULT, Limits.DEFAULT, fields, false, false);
  }

  static FieldRules brands(dev.cardvault.card.CardBrand... brands) {
    return new FieldRules(Set.of(brands), LuhnPolicy.STRICT);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Keypad key(String keys) {
    events.addAll(capture.keys(ascii(keys)));
    return this;
  }

  Keypad command(Command command) {
    return command(command, null);
  }

  Keypad command(Command command, @Nullable Field field) {
    events.addAll(capture.command(command, field));
    return this;
  }

  /** Lets time pass without a tick. */
  Keypad pass(long span) {
    millis += span;
    return this;
  }

  /** Lets time pass, and ticks at its end. */
  Keypad after(Duration span) {
    millis += span.toMillis();
    events.addAll(capture.tick());
    return this;
  }

  Keypad after(long span) {
    return after(Duration.ofMillis(span));
  }

  Capture capture() {
    return capture;
  }

  CaptureState state() {
    return capture.state();
  }

  CaptureView view() {
    return capture.view();
  }

  CaptureView.Entered entered(Field field) {
    return view().fields().stream()
        .filter(entered -> entered.field() == field)
        .findFirst()
        .orElseThrow();
  }

  List<CaptureEvent> events() {
    return events;
  }

  long count(CaptureEvent.Type type) {
    return events.stream().filter(event -> event.type() == type).count();
  }

  CaptureEvent last(CaptureEvent.Type type) {
    return events.stream()
        .filter(event -> event.type() == type)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public YearMonth month() {
    return NOW;
  }
}
