package dev.cardvault.command;

/**
 * A column of a table.
 *
 * @param head its name
 * @param pointer where its value stands in each entry (RFC 6901)
 */
record Column(String head, String pointer) {}
