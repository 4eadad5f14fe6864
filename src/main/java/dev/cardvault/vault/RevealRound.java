package dev.cardvault.vault;

import dev.cardvault.access.TenantId;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.audit.LoggedReveal;
import dev.cardvault.keys.OpeningKey;
import dev.cardvault.keys.Sealer;
import dev.cardvault.problem.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides wishes that came together, and writes the decisions down. A key that is not at hand is
 * never waited for here: the wish is put off, and no event says granted, until it is.
 */
final class RevealRound {

  private final AuditLog audit;
  private final Sealer sealer;

  RevealRound(AuditLog audit, Sealer sealer) {
    this.audit = audit;
    this.sealer = sealer;
  }

  /** A verdict on each of {@code asks}, in their order. */
  List<Verdict> decide(Connection connection, TenantId tenant, List<Ask> asks, Instant now)
      throws SQLException {
    Map<String, StoredCard> cards =
        CardStore.byText(
            connection, tenant, asks.stream().map(a -> a.request().token()).toList(), now);
    List<Verdict> verdicts = new ArrayList<>(asks.size());
    for (Ask ask : asks) {
      verdicts.add(decide(ask, cards.get(ask.request().token())));
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

  // Only tokens with a limit are written to. Two wishes for one such token take a round each.
  private static List<Verdict> spend(Connection connection, List<Verdict> verdicts)
      throws SQLException {
    Set<UUID> spending = new HashSet<>();
    List<Verdict> decided = new ArrayList<>(verdicts.size());
    for (Verdict verdict : verdicts) {
      boolean twice = spends(verdict) && !spending.add(((Verdict.Show) verdict).card().tokenId());
      decided.add(twice ? new Verdict.PutOff(null) : verdict);
    }
    if (spending.isEmpty()) {
      return decided;
    }
    Map<UUID, Integer> left = CardStore.spend(connection, List.copyOf(spending));
    return decided.stream().map(v -> spends(v) ? spent((Verdict.Show) v, left) : v).toList();
  }

  private static boolean spends(Verdict verdict) {
    return verdict instanceof Verdict.Show show && show.key() != null && show.usesLeft() != null;
  }

  private static Verdict spent(Verdict.Show show, Map<UUID, Integer> left) {
    Integer remaining = left.get(show.card().tokenId());
    return remaining == null
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
