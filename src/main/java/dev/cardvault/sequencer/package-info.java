/**
 * Gives each committed event its place in the proven log, one node at a time, and signs what the
 * log has become.
 */
@NullMarked
package dev.cardvault.sequencer;

import org.jspecify.annotations.NullMarked;
