package dev.cardvault.api;

import dev.cardvault.vault.TokenView;
import dev.cardvault.vault.Tokenized;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token and what may be told of its card: never its number.
 *
 * @param id names it in this API
 * @param object always {@code token}
 * @param token the token as other systems hold it
 * @param profile the profile it was made under
 * @param status where it is in its life
 * @param card what may be told of the card
 * @param deduplicated whether the card had this token already; told where a token is made, and
 *     {@code null} elsewhere
 * @param createdAt when it was made
 * @param createdBy the client that made it
 * @param expiresAt when it stops opening; {@code null} for never
 * @param uses how often its number has been revealed
 * @param maxUses how often it may be; {@code null} for no limit
 * @param lastUsedAt when it last was
 * @param call the call on which the card was captured
 * @param metadata what its owner keeps with it
 */
record TokenAnswer(
    String id,
    String object,
    String token,
    String profile,
    String status,
    CardAnswer card,
    @Nullable Boolean deduplicated,
    Instant createdAt,
    String createdBy,
    @Nullable Instant expiresAt,
    long uses,
    @Nullable Integer maxUses,
    @Nullable Instant lastUsedAt,
    @Nullable CallFields call,
    Map<String, String> metadata) {

  static TokenAnswer of(Tokenized made) {
    return of(made.token(), made.deduplicated());
  }

  static TokenAnswer of(TokenView token) {
    return of(token, null);
  }

  private static TokenAnswer of(TokenView token, @Nullable Boolean deduplicated) {
    return new TokenAnswer(
        "tok_" + token.id(),
        "token",
        token.token(),
        token.profile(),
        token.status().code(),
        CardAnswer.of(token),
        deduplicated,
        token.createdAt(),
        token.createdBy(),
        token.expiresAt(),
        token.uses(),
        token.maxUses(),
        token.lastUsedAt(),
        CallFields.of(token.call()),
        token.metadata());
  }
}
