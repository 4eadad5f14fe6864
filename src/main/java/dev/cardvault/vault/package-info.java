/** Exchanges cards for tokens and back, and governs a token's life between. */
@NullMarked
package dev.cardvault.vault;

import org.jspecify.annotations.NullMarked;
