package dev.cardvault.vault;

import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.LoggedReveal;
import dev.cardvault.audit.Outcome;
import dev.cardvault.keys.OpeningKey;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is decided about one wish to see a card, before it is written down. */
sealed interface Verdict {

  /**
   * What the audit log is to say; {@code null} when the wish is put off and nothing has happened
   * yet.
   */
  @Nullable AuditEvent event();

  /** What the one who asked is told, once the event is committed. */
  Answer answer(@Nullable LoggedReveal logged);

  /**
   * It may be shown.
   *
   * @param ask the wish
   * @param card the card
   * @param key what opens it; {@code null} where the PAN stays shut
   * @param usesLeft how often it opens still
   */
  record Show(Ask ask, StoredCard card, @Nullable OpeningKey key, @Nullable Integer usesLeft)
      implements Verdict {

    /** Whether it takes one of the token's limited uses. */
    boolean spends() {
      return key != null && usesLeft != null;
    }

    @Override
    public AuditEvent event() {
      return about(ask, card)
          .outcome(ask.request().level().opensPan() ? Outcome.GRANTED : Outcome.MASKED, null);
    }

    @Override
    public Answer answer(@Nullable LoggedReveal logged) {
      return new Answer.Shown(ask, card, key, usesLeft, required(logged));
    }
  }

  /**
   * It may not be shown.
   *
   * @param ask the wish
   * @param card the card; {@code null} when there is none
   * @param rule why not
   */
  record Refuse(Ask ask, @Nullable StoredCard card, ProblemCode rule) implements Verdict {

    @Override
    public AuditEvent event() {
      return about(ask, card)
          .outcome(card == null ? Outcome.NOT_FOUND : Outcome.DENIED, card == null ? null : rule);
    }

    @Override
    public Answer answer(@Nullable LoggedReveal logged) {
      return new Answer.Refused(ProblemException.of(rule));
    }
  }

  /**
   * It cannot be told yet.
   *
   * @param keyId the key that has to be fetched first; {@code null} when the wish only has to be
   *     put again
   */
  record PutOff(UUID keyId) implements Verdict {

    @Override
    public @Nullable AuditEvent event() {
      return null;
    }

    @Override
    public Answer answer(@Nullable LoggedReveal logged) {
      return new Answer.Later(keyId);
    }
  }

  private static AuditEvent.Builder about(Ask ask, @Nullable StoredCard card) {
    return AuditEvent.by(ask.caller(), Action.DETOKENIZE)
        .reason(ask.request().purpose(), ask.request().reference())
        .token(card == null ? null : card.tokenId())
        .key(card == null ? null : card.keyId());
  }

  private static LoggedReveal required(@Nullable LoggedReveal logged) {
    if (logged == null) {
      throw new IllegalStateException("Nothing is shown that was not logged");
    }
    return logged;
  }
}
