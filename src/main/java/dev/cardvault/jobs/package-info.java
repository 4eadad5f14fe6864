/** Work that takes longer than a request: kept in the database, done by one node at a time. */
@NullMarked
package dev.cardvault.jobs;

import org.jspecify.annotations.NullMarked;
