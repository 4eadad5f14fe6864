package dev.cardvault.keys;

import io.quarkus.vault.client.VaultClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Uses a token that was given; it can be renewed but not replaced. */
final class TokenLogin implements VaultLogin {

  private static final Logger LOG = Logger.getLogger(TokenLogin.class);

  private final VaultClient client;
  private final LongSupplier nanoTime;

  TokenLogin(VaultClient anonymous, String token, LongSupplier nanoTime) {
    this.client = client(anonymous, token);
    this.nanoTime = nanoTime;
  }

  /** Renewing the token tells how long it lives. One that is not renewable is used as it is. */
  @Override
  public CompletionStage<VaultSession> logIn() {
    VaultSession lasting = new VaultSession(client, Duration.ZERO, false, nanoTime.getAsLong());
    return renewed(lasting)
        .exceptionally(
            refused -> {
              LOG.info("The key server does not renew this token; it is used until it expires");
              return lasting;
            });
  }

  @Override
  public CompletionStage<VaultSession> renew(VaultSession session) {
    return renewed(session);
  }

  @Override
  public boolean canRepeat() {
    return false;
  }

  /** The same session with a new lease. */
  static CompletionStage<VaultSession> renewed(VaultSession session) {
    return session
        .client()
        .auth()
        .token()
        .renewSelf(null)
        .thenApply(
            auth ->
                new VaultSession(
                    session.client(), auth.getLeaseDuration(), auth.isRenewable(), session.since()))
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(VaultFailure.of("renew", failure)));
  }

  /** A client that sends {@code token}, and gives up when it is refused. */
  static VaultClient client(VaultClient anonymous, String token) {
    return anonymous.configure().clientToken(token).maxRetries(0).build();
  }
}
