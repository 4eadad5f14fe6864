/**
 * What must reach the outside without loss: messages are kept with the change they tell of, in one
 * transaction, and delivered until they arrive or nobody wants them any more.
 */
@NullMarked
package dev.cardvault.outbox;

import org.jspecify.annotations.NullMarked;
