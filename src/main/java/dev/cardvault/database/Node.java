package dev.cardvault.database;

/**
 * This running process among those that share the database.
 *
 * @param name unique to one start of one process
 */
public record Node(String name) {}
