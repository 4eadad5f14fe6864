package dev.cardvault.capture;

import dev.cardvault.card.CardBrand;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a field's digits so far.
 *
 * @param fault why the field would be refused if it ended here; {@code null} when it would be taken
 * @param mayGrow whether longer entries are legal as well
 * @param hopeless whether no further digit can mend the fault
 * @param wanted how many digits it will probably have
 * @param warning what the agent should know although it refuses nothing yet
 * @param brand the card's network, once its number decides it
 */
record Reading(
    @Nullable Reason fault,
    boolean mayGrow,
    boolean hopeless,
    int wanted,
    @Nullable Reason warning,
    @Nullable CardBrand brand) {

  static Reading complete(boolean mayGrow, int wanted) {
    return new Reading(null, mayGrow, false, wanted, null, null);
  }

  static Reading incomplete(Reason fault, int wanted) {
    return new Reading(fault, true, false, wanted, null, null);
  }

  static Reading hopeless(Reason fault, int wanted) {
    return new Reading(fault, false, true, wanted, null, null);
  }

  Reading of(CardBrand decided) {
    return new Reading(fault, mayGrow, hopeless, wanted, warning, decided);
  }

  /** Whether the field can be accepted as it is. */
  boolean acceptable() {
    return fault == null;
  }
}
