package dev.cardvault.vault;

import dev.cardvault.access.Caller;

/**
 * A wish to see a card, and who has it.
 *
 * @param caller allowed to ask, as far as its own policy goes
 * @param request what it asks
 */
record Ask(Caller caller, RevealRequest request) {}
