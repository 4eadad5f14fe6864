/**
 * Keeps signed checkpoints where the owner of the database cannot reach them, so that nobody can
 * cut the log's tail or begin its history anew unseen.
 */
@NullMarked
package dev.cardvault.anchor;

import org.jspecify.annotations.NullMarked;
