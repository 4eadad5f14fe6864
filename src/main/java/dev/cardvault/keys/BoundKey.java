package dev.cardvault.keys;

/** A wrapped key and what it is bound to. */
public record BoundKey(KeyContext context, WrappedKey wrapped) {}
