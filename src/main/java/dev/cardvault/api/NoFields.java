package dev.cardvault.api;

/** A request in which there is nothing to say. */
@MayBeLeftOut
record NoFields() {}
