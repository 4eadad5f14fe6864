/**
 * A witness of transparency logs as a small process of its own, to run where the log's owner has no
 * say (C2SP tlog-witness).
 */
@NullMarked
package dev.cardvault.witness;

import org.jspecify.annotations.NullMarked;
