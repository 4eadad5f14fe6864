/**
 * One card keyed on a telephone, as a state machine: keys, commands and the passing of time go in,
 * masked states and at last a card come out. Knows no network, no database and no clock of its own.
 */
@NullMarked
package dev.cardvault.capture;

import org.jspecify.annotations.NullMarked;
