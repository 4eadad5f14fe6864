/** Digits that stand for a card and can be told from one. */
@NullMarked
package dev.cardvault.token;

import org.jspecify.annotations.NullMarked;
