package dev.cardvault.api;

import dev.cardvault.card.Pan;
import org.jspecify.annotations.Nullable;

/**
 * A wish to know the tokens of a card.
 *
 * @param card the card
 */
@CarriesPan("/card/number")
record LookUpCard(@Nullable Card card) {

  /**
   * A card by its number alone.
   *
   * @param number its number, 12 to 19 digits; spaces and dashes are dropped
   */
  record Card(@Nullable CardNumber number) {}

  /** The PAN, which belongs to whoever calls. */
  Pan checked() {
    return Fields.required(Fields.required(card, "/card").number(), "/card/number").take();
  }
}
