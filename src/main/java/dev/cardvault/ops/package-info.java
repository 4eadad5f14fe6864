/**
 * Tells the operator whether the house is safe to live in: checks before the start, health,
 * metrics, and the commands that run beside the service.
 */
@NullMarked
package dev.cardvault.ops;

import org.jspecify.annotations.NullMarked;
