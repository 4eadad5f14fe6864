package dev.cardvault.keys;

import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.api.auth.approle.VaultAuthAppRoleLoginAuthResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Logs in with an AppRole's id and secret. */
final class AppRoleLogin implements VaultLogin {

  private final VaultClient anonymous;
  private final String mount;
  private final String roleId;
  private final String secretId;
  private final LongSupplier nanoTime;

  AppRoleLogin(
      VaultClient anonymous, String mount, String roleId, String secretId, LongSupplier nanoTime) {
    this.anonymous = anonymous;
    this.mount = mount;
    this.roleId = roleId;
    this.secretId = secretId;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<VaultSession> logIn() {
    return anonymous
        .auth()
        .appRole(mount)
        .login(roleId, secretId)
        .thenApply(this::session)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(refusal(failure)));
  }

  @Override
  public CompletionStage<VaultSession> renew(VaultSession session) {
    return TokenLogin.renewed(session);
  }

  @Override
  public boolean canRepeat() {
    return true;
  }

  // A wrong id or secret is answered 400. That is no word on the key somebody waits for.
  private static KeyServerException refusal(Throwable failure) {
    KeyServerException refusal = VaultFailure.of("log in", failure);
    return refusal.kind() == KeyServerException.Kind.INVALID
        ? new KeyServerException(KeyServerException.Kind.DENIED, "log in", 400)
        : refusal;
  }

  private VaultSession session(VaultAuthAppRoleLoginAuthResult auth) {
    VaultClient client = TokenLogin.client(anonymous, auth.getClientToken());
    Duration lease = auth.getLeaseDuration();
    return new VaultSession(client, lease, auth.isRenewable(), nanoTime.getAsLong());
  }
}
