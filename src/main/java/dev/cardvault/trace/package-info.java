/**
 * Which steps a request took and how long each was, told to a collector of OpenTelemetry. Off, and
 * free of cost, until an address is set.
 */
@NullMarked
package dev.cardvault.trace;

import org.jspecify.annotations.NullMarked;
