/**
 * Breaks the packaged service, and what it stands on, in every way of docs/faults.md, and checks
 * that it keeps its promises. Everything here looks at it from outside.
 */
@NullMarked
package dev.cardvault.faults;

import org.jspecify.annotations.NullMarked;
