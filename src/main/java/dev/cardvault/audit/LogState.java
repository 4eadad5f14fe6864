package dev.cardvault.audit;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the proven log is doing, as far as this node knows: whoever watches it tells, and whoever
 * would write or open a card asks. From memory: never blocks.
 */
@ApplicationScoped
public class LogState {

  private static final Duration SOON = Duration.ofSeconds(30);

  private volatile Seen seen = new Seen(Duration.ZERO, 0, false, null);

  /**
   * Notes what a look at the log told.
   *
   * @param lag how long the oldest event has waited for its place
   * @param waiting how many events wait
   * @param tooLate whether that is longer than may be
   * @param halted why nobody may go on, if so
   */
  public void note(Duration lag, long waiting, boolean tooLate, @Nullable String halted) {
    seen = new Seen(lag, waiting, tooLate, halted);
  }

  /** How long the oldest event has waited for its place in the log. */
  public Duration lag() {
    return seen.lag;
  }

  /** How many events wait for their place. */
  public long waiting() {
    return seen.waiting;
  }

  /** Why nobody may go on; nothing when all is well. */
  public Optional<String> halted() {
    return Optional.ofNullable(seen.halted);
  }

  /**
   * Lets nobody write where the log contradicts itself.
   *
   * @throws ProblemException {@code audit-unavailable}
   */
  public void requireSound() {
    if (seen.halted != null) {
      throw ProblemException.of(ProblemCode.AUDIT_UNAVAILABLE);
    }
  }

  /** Whether events get their places soon enough for PANs to be shown. */
  public boolean isRecent() {
    return !seen.tooLate;
  }

  /** What a caller is told when they do not: {@code audit-unavailable}. */
  public static ProblemException behind() {
    return ProblemException.of(ProblemCode.AUDIT_UNAVAILABLE).retryAfter(SOON);
  }

  private record Seen(Duration lag, long waiting, boolean tooLate, @Nullable String halted) {}
}
