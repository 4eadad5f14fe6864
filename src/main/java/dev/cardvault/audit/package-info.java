/** Writes down what was asked and answered, in the same transaction or not at all. */
@NullMarked
package dev.cardvault.audit;

import org.jspecify.annotations.NullMarked;
