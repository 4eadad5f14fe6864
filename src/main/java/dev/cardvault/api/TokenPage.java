package dev.cardvault.api;

import dev.cardvault.vault.Page;
import dev.cardvault.vault.TokenView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tokens.
 *
 * @param data the tokens, newest first
 * @param nextCursor where the next page begins; {@code null} on the last
 * @param hasMore whether there is a next page
 */
record TokenPage(List<TokenAnswer> data, @Nullable String nextCursor, boolean hasMore) {

  static TokenPage of(Page<TokenView> page) {
    return of(page.data(), page.nextCursor());
  }

  static TokenPage of(List<TokenView> tokens) {
    return of(tokens, null);
  }

  private static TokenPage of(List<TokenView> tokens, @Nullable String nextCursor) {
    return new TokenPage(
        tokens.stream().map(TokenAnswer::of).toList(), nextCursor, nextCursor != null);
  }
}
