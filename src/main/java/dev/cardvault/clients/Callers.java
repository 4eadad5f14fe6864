package dev.cardvault.clients;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** From an access token to a caller, as the client is now and not as it was at its login. */
@ApplicationScoped
public class Callers {

  /** Who shows {@code bearer}, if it was verified before; {@code null} otherwise. Never blocks. */
  public @Nullable Admission recall(String bearer, String source, String requestId) {
    throw new UnsupportedOperationException();
  }

  /** Who shows {@code bearer}, verifying it. Blocks: not for an event loop. */
  public Admission admit(String bearer, String source, String requestId) {
    throw new UnsupportedOperationException();
  }
}
