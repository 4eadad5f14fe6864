package dev.cardvault.capture;

import dev.cardvault.card.CardBrand;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a capture in the order they are asked for, and which of them is. */
final class Entries {

  private final List<Entry> all;
  private final FieldRules rules;
  private final CaptureClock clock;
  private Entry current;

  Entries(List<Field> fields, FieldRules rules, CaptureClock clock) {
    if (!fields.contains(Field.PAN) || Set.copyOf(fields).size() != fields.size()) {
      throw new IllegalArgumentException("A capture asks for the PAN, and for no field twice");
    }
    this.all = fields.stream().map(Entry::new).toList();
    this.rules = rules;
    this.clock = clock;
    this.current = all.get(0);
  }

  Entry first() {
    return all.get(0);
  }

  Entry current() {
    return current;
  }

  void makeCurrent(Entry entry) {
    current = entry;
  }

  /**
   * The entry of {@code field}, the current one when it is {@code null}.
   *
   * @throws ProblemException {@code state-conflict} when it is not asked for
   */
  Entry named(@Nullable Field field) {
    if (field == null) {
      return current;
    }
    Entry entry = find(field);
    if (entry == null) {
      throw ProblemException.of(
          ProblemCode.STATE_CONFLICT, "The capture does not ask for this field");
    }
    return entry;
  }

  /** The entry before the current one; the first has none before it and stands for itself. */
  Entry before() {
    return all.get(Math.max(0, all.indexOf(current) - 1));
  }

  /** The first entry that is not done; {@code null} when all are. */
  @Nullable Entry next() {
    return all.stream().filter(entry -> !entry.isDone()).findFirst().orElse(null);
  }

  /** What the digits of the current entry say so far. */
  Reading reading() {
    DigitBuffer digits = current.digits();
    return switch (current.field()) {
      case PAN -> rules.ofPan(digits.digits(), digits.count());
      case EXPIRY -> FieldRules.ofExpiry(digits, clock.month());
      case SECURITY_CODE -> FieldRules.ofSecurityCode(digits, acceptedBrand());
      case POSTAL_CODE -> FieldRules.ofPostalCode(digits);
    };
  }

  /**
   * Whether the current entry is taken after a short pause. Postal codes, of which any length is
   * legal, are not: a caller who looks for a key would be cut off.
   */
  boolean acceptsByPause() {
    return current.field() != Field.POSTAL_CODE && reading().acceptable();
  }

  /** The brand, once it is decided. */
  @Nullable CardBrand brand() {
    return pan().brand();
  }

  /** The accepted brand says how long its security codes are. */
  void expectCode() {
    Entry code = find(Field.SECURITY_CODE);
    if (code != null) {
      code.expect(acceptedBrand().codeLengths().stream().reduce(0, Math::max));
    }
  }

  /** The security code, when it has another length than cards of the accepted brand want. */
  @Nullable Entry misfitCode() {
    Entry code = find(Field.SECURITY_CODE);
    boolean misfit =
        code != null
            && code.isAccepted()
            && !acceptedBrand().codeLengths().contains(code.digits().count());
    return misfit ? code : null;
  }

  CollectedCard card() {
    Entry pan = pan();
    Entry expiry = accepted(Field.EXPIRY);
    Entry code = accepted(Field.SECURITY_CODE);
    Entry postal = accepted(Field.POSTAL_CODE);
    CardBrand brand = acceptedBrand();
    return new CollectedCard(
        rules.pan(pan.digits().copy()),
        expiry == null ? null : FieldRules.expiry(expiry.digits()),
        code == null ? null : rules.securityCode(code.digits().copy(), brand),
        postal == null ? null : postal.digits().text(0));
  }

  List<CaptureView.Entered> views() {
    return all.stream().map(Entry::view).toList();
  }

  void resetAll() {
    all.forEach(Entry::reset);
  }

  void wipe() {
    all.forEach(Entry::wipe);
  }

  private CardBrand acceptedBrand() {
    CardBrand brand = brand();
    return brand == null || !pan().isAccepted() ? CardBrand.UNKNOWN : brand;
  }

  private Entry pan() {
    return named(Field.PAN);
  }

  private @Nullable Entry accepted(Field field) {
    Entry entry = find(field);
    return entry != null && entry.isAccepted() ? entry : null;
  }

  private @Nullable Entry find(Field field) {
    return all.stream().filter(entry -> entry.field() == field).findFirst().orElse(null);
  }
}
