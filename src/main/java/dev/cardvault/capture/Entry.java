package dev.cardvault.capture;

import dev.cardvault.capture.CaptureView.Progress;
import dev.cardvault.card.CardBrand;
import org.jspecify.annotations.Nullable;

/** One field of a capture: its digits, and how it fared. */
final class Entry {

  private final Field field;
  private final DigitBuffer digits;
  private Progress progress = Progress.PENDING;
  private int attempts;
  private int count;
  private int wanted;
  private @Nullable Reason warning;
  private @Nullable CardBrand brand;

  Entry(Field field) {
    this.field = field;
    this.digits = new DigitBuffer(field.longest());
    this.wanted = field == Field.PAN ? 16 : field.longest();
  }

  Field field() {
    return field;
  }

  DigitBuffer digits() {
    return digits;
  }

  int attempts() {
    return attempts;
  }

  /** The card's network, once the digits decide it. */
  @Nullable CardBrand brand() {
    return brand;
  }

  boolean isAccepted() {
    return progress == Progress.ACCEPTED;
  }

  /** Whether nothing more is asked for here. */
  boolean isDone() {
    return isAccepted() || progress == Progress.SKIPPED;
  }

  void add(byte digit) {
    digits.add(digit);
    count = digits.count();
    progress = Progress.COLLECTING;
  }

  /** Notes what the digits say so far; whether that is a warning not given before. */
  boolean note(Reading reading) {
    boolean fresh = reading.warning() != null && reading.warning() != warning;
    wanted = reading.wanted();
    warning = reading.warning();
    brand = reading.brand();
    return fresh;
  }

  /** How many digits it will probably have, before any is keyed. */
  void expect(int digits) {
    wanted = digits;
  }

  void accept() {
    progress = Progress.ACCEPTED;
  }

  /** Counts an attempt and forgets the digits. */
  void refuse() {
    attempts++;
    forget(Progress.INVALID);
  }

  void skip() {
    forget(Progress.SKIPPED);
  }

  void reset() {
    forget(Progress.PENDING);
  }

  /** Wipes the digits; how many there were is still told. */
  void wipe() {
    digits.wipe();
  }

  private void forget(Progress next) {
    digits.wipe();
    count = 0;
    warning = null;
    brand = null;
    progress = next;
  }

  CaptureView.Entered view() {
    return new CaptureView.Entered(field, progress, count, wanted, attempts, warning);
  }
}
