/**
 * Postgres, one tenant at a time: connections that see one tenant's rows, and what their failures
 * mean.
 */
@NullMarked
package dev.cardvault.database;

import org.jspecify.annotations.NullMarked;
