/**
 * Managed access to sealing and opening bytes without ever handing out a key: the key server, the
 * keys it wraps, and what is done with them.
 */
@NullMarked
package dev.cardvault.keys;

import org.jspecify.annotations.NullMarked;
