package dev.cardvault.api;

import org.jspecify.annotations.Nullable;

/**
 * For which business record a card is asked for.
 *
 * @param type the kind of record
 * @param id its id in the caller's books
 */
record ReferenceFields(@Nullable String type, @Nullable String id) {}
