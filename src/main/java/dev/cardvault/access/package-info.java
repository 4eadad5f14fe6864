/** Who asks, for whom, for what purpose, and whether they may. Pure rules: no framework, no I/O. */
@NullMarked
package dev.cardvault.access;

import org.jspecify.annotations.NullMarked;
