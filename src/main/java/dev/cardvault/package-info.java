/** The way in: looks at the arguments before anything starts. */
@NullMarked
package dev.cardvault;

import org.jspecify.annotations.NullMarked;
