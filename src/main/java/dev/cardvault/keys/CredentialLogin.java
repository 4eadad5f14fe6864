package dev.cardvault.keys;

import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.api.common.VaultAuthResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Logs in with a credential that may be shown again and again: each time a new session. */
final class CredentialLogin implements VaultLogin {

  private final VaultClient anonymous;
  private final Supplier<CompletionStage<? extends VaultAuthResult<?>>> show;
  private final LongSupplier nanoTime;

  private CredentialLogin(
      VaultClient anonymous,
      Supplier<CompletionStage<? extends VaultAuthResult<?>>> show,
      LongSupplier nanoTime) {
    this.anonymous = anonymous;
    this.show = show;
    this.nanoTime = nanoTime;
  }

  /** With the id and secret of an AppRole. */
  static CredentialLogin appRole(
      VaultClient anonymous, String mount, String roleId, String secretId, LongSupplier nanoTime) {
    return new CredentialLogin(
        anonymous, () -> anonymous.auth().appRole(mount).login(roleId, secretId), nanoTime);
  }

  /**
   * With the token of a Kubernetes service account, which Vault has its cluster check.
   *
   * @param tokenFile where the cluster puts it; read at each login, since it is replaced there long
   *     before it expires
   */
  static CredentialLogin kubernetes(
      VaultClient anonymous,
      String mount,
      String role,
      Path tokenFile,
      KeyThreads threads,
      LongSupplier nanoTime) {
    return new CredentialLogin(
        anonymous,
        () ->
            threads
                .blocking(() -> read(tokenFile))
                .thenCompose(token -> anonymous.auth().kubernetes(mount).login(role, token)),
        nanoTime);
  }

  @Override
  public CompletionStage<VaultSession> logIn() {
    return show.get()
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

  /**
   * The one line of a file with a token.
   *
   * @throws KeyServerException of kind DENIED when there is none: without it, Vault lets nobody in
   */
  static String read(Path tokenFile) {
    try {
      String token = Files.readString(tokenFile).strip();
      if (!token.isEmpty()) {
        return token;
      }
    } catch (NoSuchFileException notYet) {
      // Told below, as an empty one is.
    } catch (IOException e) {
      throw new KeyServerException(KeyServerException.Kind.DENIED, "read the token's file", 0);
    }
    throw new KeyServerException(KeyServerException.Kind.DENIED, "find a token in its file", 0);
  }

  // A wrong id or secret is answered 400. That is no word on the key somebody waits for.
  private static KeyServerException refusal(Throwable failure) {
    KeyServerException refusal = VaultFailure.of("log in", failure);
    return refusal.kind() == KeyServerException.Kind.INVALID
        ? new KeyServerException(KeyServerException.Kind.DENIED, "log in", 400)
        : refusal;
  }

  private VaultSession session(VaultAuthResult<?> auth) {
    VaultClient client = TokenLogin.client(anonymous, auth.getClientToken());
    return new VaultSession(
        client, auth.getLeaseDuration(), auth.isRenewable(), nanoTime.getAsLong());
  }
}
