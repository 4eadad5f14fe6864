/** A card as the network knows it, and nothing that prints it. */
@NullMarked
package dev.cardvault.card;

import org.jspecify.annotations.NullMarked;
