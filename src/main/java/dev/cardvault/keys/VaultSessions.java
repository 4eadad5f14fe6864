package dev.cardvault.keys;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one session with Vault. It is renewed in the background long before it expires. When Vault
 * refuses it nevertheless, it is replaced once for all who were refused: one login at a time, and
 * none within a second of the last, so that a denial never becomes a storm of logins.
 */
final class VaultSessions {

  private static final Logger LOG = Logger.getLogger(VaultSessions.class);
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final VaultLogin login;
  private final ScheduledExecutorService timer;
  private final LongSupplier nanoTime;
  private @Nullable CompletableFuture<VaultSession> session;
  private long lastFailure;

  VaultSessions(VaultLogin login, ScheduledExecutorService timer, LongSupplier nanoTime) {
    this.login = login;
    this.timer = timer;
    this.nanoTime = nanoTime;
  }

  /** The session there is, or the one that is being made. */
  synchronized CompletionStage<VaultSession> current() {
    CompletableFuture<VaultSession> there = session;
    if (there == null) {
      return logIn();
    }
    boolean retry = there.isCompletedExceptionally() && nanoTime.getAsLong() - lastFailure >= PAUSE;
    return retry ? logIn() : there;
  }

  /**
   * The session that takes the place of {@code refused}; the same one when there is no use in
   * another login.
   */
  synchronized CompletionStage<VaultSession> replaced(VaultSession refused) {
    CompletableFuture<VaultSession> there = session;
    if (there != null && !isOver(there, refused)) {
      return there;
    }
    if (!login.canRepeat() || nanoTime.getAsLong() - refused.since() < PAUSE) {
      return CompletableFuture.completedFuture(refused);
    }
    LOG.warn("The key server refused the session; logging in anew");
    return logIn();
  }

  private static boolean isOver(CompletableFuture<VaultSession> there, VaultSession refused) {
    return there.isDone() && !there.isCompletedExceptionally() && there.join() == refused;
  }

  private CompletionStage<VaultSession> logIn() {
    CompletableFuture<VaultSession> started = new CompletableFuture<>();
    session = started;
    login
        .logIn()
        .whenComplete(
            (made, failure) -> {
              if (failure == null) {
                renewLater(made);
                started.complete(made);
              } else {
                failed(started, failure);
              }
            });
    return started;
  }

  private void failed(CompletableFuture<VaultSession> started, Throwable failure) {
    synchronized (this) {
      lastFailure = nanoTime.getAsLong();
    }
    started.completeExceptionally(KeyThreads.causeOf(failure));
  }

  private void renewLater(VaultSession made) {
    if (made.lease().compareTo(Duration.ZERO) > 0) {
      // At two thirds of its life: time for many tries.
      later(made, made.lease().multipliedBy(2).dividedBy(3));
    }
  }

  private void later(VaultSession made, Duration wait) {
    timer.schedule(() -> renew(made), wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void renew(VaultSession old) {
    if (!isCurrent(old)) {
      return;
    }
    CompletionStage<VaultSession> renewed =
        old.renewable()
            ? login.renew(old).exceptionallyCompose(refused -> again(refused))
            : again(new KeyServerException(KeyServerException.Kind.DENIED, "renew", 0));
    renewed.whenComplete(
        (made, failure) -> {
          if (failure != null) {
            LOG.warnf(
                "The session with the key server was not renewed: %s",
                KeyThreads.causeOf(failure).getMessage());
            later(old, shorter(old.lease().dividedBy(12), LONGEST_WAIT));
          } else {
            replace(old, made);
          }
        });
  }

  private CompletionStage<VaultSession> again(Throwable refused) {
    return login.canRepeat() ? login.logIn() : CompletableFuture.failedFuture(refused);
  }

  // A lease that Vault has cut short is near the end of the token's longest life.
  private void replace(VaultSession old, VaultSession made) {
    boolean cut = made.lease().multipliedBy(2).compareTo(old.lease()) < 0;
    if (cut && login.canRepeat() && made.client() == old.client()) {
      login.logIn().whenComplete((fresh, failure) -> install(old, failure == null ? fresh : made));
    } else {
      install(old, made);
    }
  }

  private void install(VaultSession old, VaultSession made) {
    synchronized (this) {
      if (!isCurrent(old)) {
        return;
      }
      session = CompletableFuture.completedFuture(made);
    }
    renewLater(made);
  }

  private synchronized boolean isCurrent(VaultSession old) {
    CompletableFuture<VaultSession> there = session;
    return there != null && isOver(there, old);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
