/** The HTTP contract: resources parse, call one service and shape the reply. */
@NullMarked
package dev.cardvault.api;

import org.jspecify.annotations.NullMarked;
