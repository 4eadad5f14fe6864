/**
 * Captures of calls: which node holds their digits, who may do what with them, who is told, and
 * what becomes of them. Digits live in the memory of one node and nowhere else.
 */
@NullMarked
package dev.cardvault.sessions;

import org.jspecify.annotations.NullMarked;
