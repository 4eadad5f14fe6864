package dev.cardvault.token;

import java.util.Optional;

/**
 * What other systems hold in place of a card. It is no secret, but it opens one for whoever may
 * detokenize, so it prints its last four characters only.
 *
 * @param text as other systems hold it: 12 to 30 ASCII characters that follow the rule of some
 *     {@link TokenFormat}, and so never a card number
 */
public record Token(String text) {

  private static final int SHOWN = 4;

  /**
   * @throws IllegalArgumentException when {@code text} follows no format's rule
   */
  public Token {
    if (!TokenRule.anyMatches(text)) {
      throw new IllegalArgumentException("No token looks like this");
    }
  }

  /** The token of that text; empty when no token can look like it, as a card number can't. */
  public static Optional<Token> parse(String text) {
    return TokenRule.anyMatches(text) ? Optional.of(new Token(text)) : Optional.empty();
  }

  /** Its last four characters alone. */
  @Override
  public String toString() {
    return "Token[..." + text.substring(text.length() - SHOWN) + "]";
  }
}
