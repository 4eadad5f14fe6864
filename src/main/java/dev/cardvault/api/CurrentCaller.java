package dev.cardvault.api;

import dev.cardvault.access.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who makes the request that is being answered; {@link CallerFilter} says so before any resource.
 */
@RequestScoped
class CurrentCaller {

  private @Nullable Caller caller;

  /**
   * The caller.
   *
   * @throws IllegalStateException on an endpoint that is {@link Public}
   */
  Caller get() {
    if (caller == null) {
      throw new IllegalStateException("A public endpoint has no caller");
    }
    return caller;
  }

  /** The caller; nobody where a capture's own secret was shown instead. */
  Optional<Caller> ifAny() {
    return Optional.ofNullable(caller);
  }

  void is(Caller admitted) {
    caller = admitted;
  }
}
