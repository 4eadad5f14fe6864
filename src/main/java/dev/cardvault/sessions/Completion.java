package dev.cardvault.sessions;

import dev.cardvault.capture.CollectedCard;
import dev.cardvault.card.SecurityCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Idempotency;
import dev.cardvault.vault.TokenizeRequest;
import dev.cardvault.vault.Tokenized;
import dev.cardvault.vault.Tokenizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Takes a collected card to the vault, on the same road as every other card. */
@ApplicationScoped
class Completion {

  private static final Logger LOG = Logger.getLogger(Completion.class);

  /** The caller is on the line meanwhile. */
  private static final int TRIES = 4;

  private static final String POSTAL_CODE = "postal_code";

  private final Tokenizer tokenizer;
  private final SecurityCodes codes;
  private final SessionClock clock;

  Completion(Tokenizer tokenizer, SecurityCodes codes, SessionClock clock) {
    this.tokenizer = tokenizer;
    this.codes = codes;
    this.clock = clock;
  }

  /** Gets {@code session} its token, or lets it fail. */
  void start(Session session) {
    start(session, 1);
  }

  private void start(Session session, int tried) {
    if (session.state().isEnd()) {
      return;
    }
    CollectedCard card = session.card();
    SecurityCode code = card.securityCode();
    tokenizer
        .tokenize(session.opener(), request(session.plan(), card), sameEachTime(session))
        .whenComplete(
            (made, failure) -> {
              if (failure == null) {
                done(session, made, code);
                return;
              }
              if (code != null) {
                code.close();
              }
              failed(session, ProblemException.from(failure), tried);
            });
  }

  private void done(Session session, Tokenized made, @Nullable SecurityCode code) {
    if (code != null) {
      codes.keep(session.id().tenant(), made.token().id(), code);
    }
    session.completed(made.token(), code != null);
  }

  /** Where the vault did not answer, the same card may be put again: it gets one token. */
  private void failed(Session session, ProblemException problem, int tried) {
    if (problem.code().retryable() && tried < TRIES) {
      clock.after(1, TimeUnit.SECONDS, () -> start(session, tried + 1));
      return;
    }
    LOG.warnf("A capture got no token: %s", problem.code().code());
    session.refused();
  }

  private static TokenizeRequest request(CapturePlan plan, CollectedCard card) {
    Map<String, String> metadata = new HashMap<>(plan.metadata());
    String postal = card.postalCode();
    if (postal != null) {
      metadata.put(POSTAL_CODE, postal);
    }
    return new TokenizeRequest(
        card.pan(), card.expiry(), null, plan.tokenProfile(), null, null, metadata, plan.call());
  }

  private static Idempotency sameEachTime(Session session) {
    return new Idempotency("capture:" + session.id().capture(), session.id().signed());
  }
}
