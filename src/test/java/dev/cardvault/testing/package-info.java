/** The real things tests run against: Postgres, a key server, a clock that is set by hand. */
@NullMarked
package dev.cardvault.testing;

import org.jspecify.annotations.NullMarked;
