package dev.cardvault.vault;

import dev.cardvault.access.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes tokens after they were made. Blocks: not for an event loop. */
@ApplicationScoped
public class CardLife {

  /** Sets expiry or metadata. */
  public TokenView change(Caller caller, String idOrText, TokenChange change) {
    throw new UnsupportedOperationException();
  }

  /** Stops a token from opening until it is resumed. */
  public TokenView suspend(Caller caller, String idOrText, String reason) {
    throw new UnsupportedOperationException();
  }

  /** Lets a suspended token open again. */
  public TokenView resume(Caller caller, String idOrText, String reason) {
    throw new UnsupportedOperationException();
  }

  /** Destroys the card; the token stays as a tombstone, so that it is never given out again. */
  public void erase(Caller caller, String idOrText) {
    throw new UnsupportedOperationException();
  }
}
