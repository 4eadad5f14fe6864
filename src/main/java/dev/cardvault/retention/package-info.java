/** Keeps the audit log as long as it must be kept, where it must be kept, and no longer. */
@NullMarked
package dev.cardvault.retention;

import org.jspecify.annotations.NullMarked;
