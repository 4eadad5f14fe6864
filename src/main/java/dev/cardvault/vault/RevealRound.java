package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.LoggedReveal;
import dev.cardvault.audit.RevealQuota;
import dev.cardvault.keys.OpeningKey;
import dev.cardvault.keys.Sealer;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides wishes that came together, and writes the decisions down. A key that is not at hand is
 * never waited for here: the wish is put off, and no event says granted, until it is.
 */
final class RevealRound {

  private final AuditLog audit;
  private final Sealer sealer;
  private final RevealQuota quota;

  RevealRound(AuditLog audit, Sealer sealer, RevealQuota quota) {
    this.audit = audit;
    this.sealer = sealer;
    this.quota = quota;
  }

  /** A verdict on each of {@code asks}, in their order. */
  List<Verdict> decide(Connection connection, TenantId tenant, List<Ask> asks, Instant now)
      throws SQLException {
    Map<String, StoredCard> cards =
        CardStore.byText(
            connection, tenant, asks.stream().map(a -> a.request().token()).toList(), now);
    List<Verdict> verdicts = new ArrayList<>(asks.size());
    for (Ask ask : asks) {
      verdicts.add(withinQuota(connection, decide(ask, cards.get(ask.request().token()))));
    }
    return spend(connection, verdicts);
  }

  private Verdict decide(Ask ask, @Nullable StoredCard card) {
    if (card == null) {
      return new Verdict.Refuse(ask, null, ProblemCode.TOKEN_NOT_FOUND);
    }
    UUID keyId = card.keyId();
    if (card.status() == TokenStatus.ERASED || keyId == null) {
      return new Verdict.Refuse(ask, card, ProblemCode.TOKEN_ERASED);
    }
    if (card.status() == TokenStatus.EXPIRED) {
      return new Verdict.Refuse(ask, card, ProblemCode.TOKEN_EXPIRED);
    }
    if (card.status() == TokenStatus.SUSPENDED) {
      return new Verdict.Refuse(ask, card, ProblemCode.TOKEN_SUSPENDED);
    }
    if (!ask.request().level().opensPan()) {
      return new Verdict.Show(ask, card, null, card.usesLeft());
    }
    OpeningKey key = sealer.openingKeyIfCached(card.tenant(), keyId);
    return key == null
        ? new Verdict.PutOff(keyId)
        : new Verdict.Show(ask, card, key, card.usesLeft());
  }

  private Verdict withinQuota(Connection connection, Verdict verdict) throws SQLException {
    if (!(verdict instanceof Verdict.Show show) || show.key() == null) {
      return verdict;
    }
    try {
      quota.take(connection, show.ask().caller(), 1);
      return verdict;
    } catch (ProblemException exceeded) {
      return new Verdict.Refuse(show.ask(), show.card(), exceeded.code());
    }
  }

  // Only tokens with a limit are written to; who comes first in the round gets what is left.
  private static List<Verdict> spend(Connection connection, List<Verdict> verdicts)
      throws SQLException {
    Map<UUID, Integer> wanted = new HashMap<>();
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Verdict.Show show && show.spends()) {
        wanted.merge(show.card().tokenId(), 1, Integer::sum);
      }
    }
    if (wanted.isEmpty()) {
      return verdicts;
    }
    Map<UUID, Integer> left = CardStore.spend(connection, wanted);
    return verdicts.stream().map(verdict -> spent(verdict, left)).toList();
  }

  private static Verdict spent(Verdict verdict, Map<UUID, Integer> left) {
    if (!(verdict instanceof Verdict.Show show && show.spends())) {
      return verdict;
    }
    int remaining = left.merge(show.card().tokenId(), -1, Integer::sum);
    return remaining < 0
        ? new Verdict.Refuse(show.ask(), show.card(), ProblemCode.TOKEN_EXPIRED)
        : new Verdict.Show(show.ask(), show.card(), show.key(), remaining);
  }

  /** Commits the verdicts' events; then, and only then, their answers. */
  List<Answer> commit(Connection connection, List<Verdict> verdicts) throws SQLException {
    List<AuditEvent> events = new ArrayList<>(verdicts.size());
    List<Integer> places = new ArrayList<>(verdicts.size());
    for (Verdict verdict : verdicts) {
      AuditEvent event = verdict.event();
      places.add(event == null ? -1 : events.size());
      if (event != null) {
        events.add(event);
      }
    }
    List<LoggedReveal> logged =
        events.isEmpty() ? List.of() : audit.commitReveals(connection, events);
    List<Answer> answers = new ArrayList<>(verdicts.size());
    for (int i = 0; i < verdicts.size(); i++) {
      int place = places.get(i);
      answers.add(verdicts.get(i).answer(place < 0 ? null : logged.get(place)));
    }
    return answers;
  }
}
