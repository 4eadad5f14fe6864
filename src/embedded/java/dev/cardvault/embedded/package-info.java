/**
 * Postgres within the package, so that one command runs everything. Left out of native and
 * container builds by the Maven profile {@code embedded}.
 */
@NullMarked
package dev.cardvault.embedded;

import org.jspecify.annotations.NullMarked;
