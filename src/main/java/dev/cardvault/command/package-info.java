/**
 * What people and scripts type: the tree of commands, and how those that ask a running service do
 * so. Nothing here needs Quarkus; what serves is started through {@code ops}.
 */
@NullMarked
package dev.cardvault.command;

import org.jspecify.annotations.NullMarked;
