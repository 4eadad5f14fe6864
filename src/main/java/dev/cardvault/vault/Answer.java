package dev.cardvault.vault;

import dev.cardvault.audit.LoggedReveal;
import dev.cardvault.keys.OpeningKey;
import dev.cardvault.problem.ProblemException;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of one wish to see a card. */
sealed interface Answer {

  /** Whichever it is, turned into one thing. */
  <R> R match(
      Function<Shown, R> shown, Function<ProblemException, R> refused, Function<Later, R> later);

  /**
   * The event is committed; the card may be opened.
   *
   * @param ask the wish
   * @param card the card
   * @param key what opens it; {@code null} where the PAN stays shut
   * @param usesLeft how often it opens still
   * @param logged the committed event
   */
  record Shown(
      Ask ask,
      StoredCard card,
      @Nullable OpeningKey key,
      @Nullable Integer usesLeft,
      LoggedReveal logged)
      implements Answer {
    @Override
    public <R> R match(
        Function<Shown, R> shown, Function<ProblemException, R> refused, Function<Later, R> later) {
      return shown.apply(this);
    }
  }

  /**
   * The event of the refusal is committed.
   *
   * @param problem why it was refused
   */
  record Refused(ProblemException problem) implements Answer {
    @Override
    public <R> R match(
        Function<Shown, R> shown, Function<ProblemException, R> refused, Function<Later, R> later) {
      return refused.apply(problem);
    }
  }

  /**
   * Nothing has happened yet.
   *
   * @param keyId the key to fetch before asking again
   */
  record Later(UUID keyId) implements Answer {
    @Override
    public <R> R match(
        Function<Shown, R> shown, Function<ProblemException, R> refused, Function<Later, R> later) {
      return later.apply(this);
    }
  }
}
