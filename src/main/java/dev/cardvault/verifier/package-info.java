/**
 * Checks the proven log offline, without trusting whoever handed it over: from files alone, and
 * with nothing but public keys known beforehand.
 */
@NullMarked
package dev.cardvault.verifier;

import org.jspecify.annotations.NullMarked;
