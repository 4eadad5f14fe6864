/** What is typed, against the packaged jar and a service that it started. */
@NullMarked
package dev.cardvault.command;

import org.jspecify.annotations.NullMarked;
