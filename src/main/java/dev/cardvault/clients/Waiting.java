package dev.cardvault.clients;

import dev.cardvault.keys.KeyServerException;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for keys, on threads that may. */
final class Waiting {

  private static final int PATIENCE_SECONDS = 5;

  private Waiting() {}

  /**
   * What {@code keys} comes to.
   *
   * @throws ProblemException as the stage fails, or {@code key-server-unavailable} when it takes
   *     more than five seconds
   */
  static <T> T waitFor(CompletionStage<T> keys) {
    try {
      return keys.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw problemOf(e);
    } catch (TimeoutException e) {
      throw ProblemException.of(ProblemCode.KEY_SERVER_UNAVAILABLE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProblemException.of(ProblemCode.KEY_SERVER_UNAVAILABLE, e);
    }
  }

  private static ProblemException problemOf(ExecutionException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ProblemException problem) {
        return problem;
      }
      if (t instanceof KeyServerException keyServer) {
        return keyServer.problem();
      }
    }
    return ProblemException.of(ProblemCode.INTERNAL, failure);
  }
}
