/** Everything that can go wrong, with a stable code. Knows nothing but the JDK. */
@NullMarked
package dev.cardvault.problem;

import org.jspecify.annotations.NullMarked;
