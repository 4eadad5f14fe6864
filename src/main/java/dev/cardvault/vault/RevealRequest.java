package dev.cardvault.vault;

import dev.cardvault.access.Purpose;
import dev.cardvault.access.Reference;
import dev.cardvault.access.RevealLevel;

/**
 * A wish to see a card.
 *
 * @param token the token's text
 * @param level how much of the card
 * @param purpose why
 * @param reference for which business record
 */
public record RevealRequest(String token, RevealLevel level, Purpose purpose, Reference reference) {

  @Override
  public String toString() {
    return "RevealRequest[" + level + ", " + purpose + "]";
  }
}
