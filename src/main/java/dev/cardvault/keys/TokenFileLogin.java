package dev.cardvault.keys;

import io.quarkus.vault.client.VaultClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Uses the token that an agent of Vault keeps in a file. The agent renews it and writes another
 * before it expires; when one is refused, the file is read again.
 */
final class TokenFileLogin implements VaultLogin {

  private final VaultClient anonymous;
  private final Path file;
  private final KeyThreads threads;
  private final LongSupplier nanoTime;

  TokenFileLogin(VaultClient anonymous, Path file, KeyThreads threads, LongSupplier nanoTime) {
    this.anonymous = anonymous;
    this.file = file;
    this.threads = threads;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<VaultSession> logIn() {
    return threads.blocking(
        () ->
            new VaultSession(
                TokenLogin.client(anonymous, CredentialLogin.read(file)),
                Duration.ZERO,
                false,
                nanoTime.getAsLong()));
  }

  /** Never asked for: a session without a lease is not renewed. */
  @Override
  public CompletionStage<VaultSession> renew(VaultSession session) {
    return logIn();
  }

  @Override
  public boolean canRepeat() {
    return true;
  }
}
