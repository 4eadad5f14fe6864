/**
 * The telephony platforms that hand cards over: what each is told, what it may do, and how it
 * proves who it is.
 */
@NullMarked
package dev.cardvault.connectors;

import org.jspecify.annotations.NullMarked;
