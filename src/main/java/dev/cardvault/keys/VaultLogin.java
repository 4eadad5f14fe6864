package dev.cardvault.keys;

import java.util.concurrent.CompletionStage;

/** One way to log in to Vault. */
interface VaultLogin {

  /** A new session. Fails with a {@link KeyServerException}. */
  CompletionStage<VaultSession> logIn();

  /** The same session with a new lease. Fails with a {@link KeyServerException}. */
  CompletionStage<VaultSession> renew(VaultSession session);

  /** Whether another login could give other rights or a longer life. */
  boolean canRepeat();
}
