package dev.cardvault.vault;

/**
 * A token given out.
 *
 * @param token the token
 * @param deduplicated whether the PAN had it already
 */
public record Tokenized(TokenView token, boolean deduplicated) {}
