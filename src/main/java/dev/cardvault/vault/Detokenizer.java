package dev.cardvault.vault;

import dev.cardvault.access.AccessPolicy;
import dev.cardvault.access.Caller;
import dev.cardvault.access.Decision;
import dev.cardvault.access.RevealLevel;
import dev.cardvault.access.TenantId;
import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.AuditTrail;
import dev.cardvault.audit.LogState;
import dev.cardvault.audit.Outcome;
import dev.cardvault.audit.RevealPermit;
import dev.cardvault.audit.RevealQuota;
import dev.cardvault.batch.Coalescer;
import dev.cardvault.database.GroupTransactions;
import dev.cardvault.keys.OpeningKey;
import dev.cardvault.keys.Sealer;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Gives cards for tokens, to whoever may see them, once the audit log says so: no event, no PAN
 * (PCI DSS 10.2.1.1).
 */
@ApplicationScoped
public class Detokenizer {

  private static final Logger LOG = Logger.getLogger(Detokenizer.class);

  /**
   * How often a wish that waits for keys is put again before the key server counts as unavailable.
   */
  private static final int ROUNDS = 3;

  private final Sealer sealer;
  private final AuditTrail trail;
  private final LogState log;
  private final Coalescer<TenantId, Ask, Answer> singles;
  private final Coalescer<TenantId, List<Ask>, List<Answer>> bulks;

  /** Starts its two writers. */
  public Detokenizer(
      Sealer sealer,
      AuditLog audit,
      AuditTrail trail,
      LogState log,
      RevealQuota quota,
      Clock clock,
      GroupTransactions transactions) {
    this.sealer = sealer;
    this.trail = trail;
    this.log = log;
    RevealRound round = new RevealRound(audit, sealer, quota);
    this.singles = transactions.start("reveal-writer", new SingleReveals(round, clock));
    this.bulks = transactions.startSingly("bulk-reveal-writer", new AtomicReveals(round, clock));
  }

  /** The card of {@code request}. Fails with a {@link ProblemException}. */
  public CompletionStage<Revealed> reveal(Caller caller, RevealRequest request) {
    Ask ask = new Ask(caller, request);
    Decision decision = AccessPolicy.mayReveal(caller, request.level(), request.purpose());
    if (decision instanceof Decision.Denied denied) {
      return record(about(ask).denied(denied.rule()))
          .thenApply(
              recorded -> {
                throw ProblemException.of(denied.rule());
              });
    }
    return log.isRecent() ? put(ask, ROUNDS) : tooLate(List.of(ask));
  }

  /** No PAN is shown while the events that tell of PANs pile up unproven. */
  private <T> CompletionStage<T> tooLate(List<Ask> asks) {
    return unavailable(asks, LogState.behind())
        .thenCompose(never -> CompletableFuture.failedFuture(LogState.behind()));
  }

  private CompletionStage<Revealed> put(Ask ask, int rounds) {
    return singles
        .submit(ask.caller().tenant(), ask)
        .thenCompose(
            answer ->
                answer.match(
                    this::open,
                    CompletableFuture::failedFuture,
                    later ->
                        fetch(List.of(ask), Set.of(later), rounds)
                            .thenCompose(fetched -> put(ask, rounds - 1))));
  }

  /** The card of each of {@code requests}, in their order. */
  public CompletionStage<List<ItemResult<Revealed>>> revealAll(
      Caller caller, BatchMode mode, List<RevealRequest> requests) {
    if (mode == BatchMode.PARTIAL) {
      return all(requests.stream().map(request -> settled(reveal(caller, request))).toList());
    }
    for (RevealRequest request : requests) {
      Decision decision = AccessPolicy.mayReveal(caller, request.level(), request.purpose());
      if (decision instanceof Decision.Denied denied) {
        return record(about(new Ask(caller, request)).denied(denied.rule()))
            .thenApply(
                recorded -> {
                  throw ProblemException.of(denied.rule());
                });
      }
    }
    List<Ask> asks = requests.stream().map(request -> new Ask(caller, request)).toList();
    return log.isRecent() ? putAll(asks, ROUNDS) : tooLate(asks);
  }

  private CompletionStage<List<ItemResult<Revealed>>> putAll(List<Ask> asks, int rounds) {
    return bulks
        .submit(asks.get(0).caller().tenant(), asks)
        .thenCompose(
            answers -> {
              Set<Answer.Later> later =
                  answers.stream()
                      .filter(Answer.Later.class::isInstance)
                      .map(Answer.Later.class::cast)
                      .collect(Collectors.toSet());
              return later.isEmpty()
                  ? all(answers.stream().map(answer -> settled(opened(answer))).toList())
                  : fetch(asks, later, rounds).thenCompose(fetched -> putAll(asks, rounds - 1));
            });
  }

  private CompletionStage<Revealed> opened(Answer answer) {
    return answer.match(
        this::open,
        CompletableFuture::failedFuture,
        later -> CompletableFuture.failedFuture(new IllegalStateException("Not decided yet")));
  }

  /**
   * Brings the keys that were not at hand; when it cannot, that is on record before the caller
   * learns it.
   */
  private CompletionStage<Void> fetch(List<Ask> asks, Set<Answer.Later> later, int rounds) {
    TenantId tenant = asks.get(0).caller().tenant();
    if (rounds == 0) {
      return unavailable(asks, ProblemException.of(ProblemCode.KEY_SERVER_UNAVAILABLE));
    }
    CompletableFuture<?>[] fetched =
        later.stream()
            .map(one -> sealer.openingKey(tenant, one.keyId()).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(fetched)
        .handle((done, failure) -> failure == null ? completed() : unavailable(asks, failure))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<Void> completed() {
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<Void> unavailable(List<Ask> asks, Throwable failure) {
    ProblemException problem = ProblemException.from(failure);
    Outcome outcome = outcomeOf(problem);
    CompletableFuture<?>[] recorded =
        asks.stream()
            .map(ask -> record(about(ask).outcome(outcome, problem.code())).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(recorded)
        .thenCompose(done -> CompletableFuture.failedFuture(problem));
  }

  private CompletionStage<Revealed> open(Answer.Shown shown) {
    StoredCard card = shown.card();
    OpeningKey key = shown.key();
    RevealPermit permit = shown.logged().permit();
    RevealRequest request = shown.ask().request();
    try {
      return CompletableFuture.completedFuture(
          new Revealed(
              request.token(),
              request.level(),
              key == null || permit == null ? null : PanVault.open(card, key, permit),
              card.masked(),
              card.expiry(),
              key == null || permit == null || request.level() != RevealLevel.FULL
                  ? null
                  : PanVault.openHolder(card, key, permit),
              shown.logged().eventId(),
              shown.usesLeft()));
    } catch (ProblemException shut) {
      return record(
              about(shown.ask())
                  .token(card.tokenId())
                  .key(card.keyId())
                  .outcome(outcomeOf(shut), shut.code()))
          .thenCompose(recorded -> CompletableFuture.failedFuture(shut));
    }
  }

  private static Outcome outcomeOf(ProblemException problem) {
    if (problem.code() != ProblemCode.INTEGRITY_FAILURE) {
      return Outcome.UNAVAILABLE;
    }
    LOG.error("integrity-failure: a stored card does not open; see the audit log");
    return Outcome.INTEGRITY_FAILURE;
  }

  private static AuditEvent.Builder about(Ask ask) {
    return AuditEvent.by(ask.caller(), Action.DETOKENIZE)
        .reason(ask.request().purpose(), ask.request().reference());
  }

  // A refusal stands whether or not it could be written down; only a reveal depends on the log.
  private CompletionStage<Void> record(AuditEvent event) {
    return trail
        .record(event)
        .handle(
            (id, failure) -> {
              if (failure != null) {
                LOG.warn("A refusal could not be written to the audit log");
              }
              return null;
            });
  }

  private static CompletableFuture<ItemResult<Revealed>> settled(CompletionStage<Revealed> reveal) {
    return reveal
        .<ItemResult<Revealed>>handle(
            (revealed, failure) ->
                failure == null
                    ? new ItemResult.Done<>(revealed)
                    : new ItemResult.Failed<>(ProblemException.from(failure)))
        .toCompletableFuture();
  }

  private static CompletionStage<List<ItemResult<Revealed>>> all(
      List<CompletableFuture<ItemResult<Revealed>>> results) {
    return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
        .thenApply(done -> results.stream().map(CompletableFuture::join).toList());
  }
}
