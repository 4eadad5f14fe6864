package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import dev.cardvault.card.Pan;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells of tokens without opening them. Blocks: not for an event loop. */
@ApplicationScoped
public class CardCatalog {

  /** The token of that id ({@code tok_} and a UUID) or text. */
  public TokenView find(Caller caller, String idOrText) {
    throw new UnsupportedOperationException();
  }

  /**
   * Tokens, newest first.
   *
   * @param limit at most this many, 1 to 100
   */
  public Page<TokenView> list(
      Caller caller, TokenFilter filter, @Nullable String cursor, int limit) {
    throw new UnsupportedOperationException();
  }

  /** All tokens of {@code pan}, which is wiped. */
  public List<TokenView> lookup(Caller caller, Pan pan) {
    throw new UnsupportedOperationException();
  }
}
