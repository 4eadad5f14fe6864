package dev.cardvault.vault;

import dev.cardvault.audit.Action;
import dev.cardvault.audit.AuditEvent;
import dev.cardvault.audit.AuditLog;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Stores new tokens within one transaction: enters their PANs' keyed hashes, gives a PAN that is
 * known the token it has, draws again where a text is taken, and writes the events.
 */
final class TokenIssue {

  /** Draws before a profile counts as exhausted for such a card. */
  private static final int DRAWS = 9;

  private final AuditLog audit;

  TokenIssue(AuditLog audit) {
    this.audit = audit;
  }

  /** The token of each of {@code rows}, in their order; nothing of a row that failed stays. */
  List<ItemResult<Tokenized>> all(Connection connection, List<NewToken> rows) throws SQLException {
    Map<UUID, ItemResult<Tokenized>> results = new HashMap<>();
    if (!rows.isEmpty()) {
      issue(connection, rows, results);
      audit.append(
          connection, rows.stream().flatMap(row -> events(row, resultOf(row, results))).toList());
    }
    return rows.stream().map(row -> resultOf(row, results)).toList();
  }

  private static ItemResult<Tokenized> resultOf(
      NewToken row, Map<UUID, ItemResult<Tokenized>> results) {
    return Objects.requireNonNull(results.get(row.id()));
  }

  private void issue(
      Connection connection, List<NewToken> rows, Map<UUID, ItemResult<Tokenized>> results)
      throws SQLException {
    Set<UUID> indexed = TokenStore.index(connection, rows);
    store(connection, rows.stream().filter(r -> indexed.contains(r.id())).toList(), results);

    List<NewToken> known = rows.stream().filter(r -> !indexed.contains(r.id())).toList();
    Map<UUID, TokenView> holders = TokenStore.holders(connection, known, rows.get(0).createdAt());
    List<NewToken> replacing = new ArrayList<>();
    List<UUID> replaced = new ArrayList<>();
    for (NewToken row : known) {
      TokenView holder = holders.get(row.id());
      if (holder == null) {
        // Its token was erased, or never stored, since the index was asked: the whole is tried
        // again.
        throw new SQLException("The index changed meanwhile", "40001");
      }
      if (holder.status() == TokenStatus.EXPIRED) {
        replacing.add(row);
        replaced.add(holder.id());
      } else {
        results.put(row.id(), new ItemResult.Done<>(new Tokenized(holder, true)));
      }
    }
    if (!replacing.isEmpty()) {
      TokenStore.unindex(connection, replaced);
      issue(connection, replacing, results);
    }
  }

  private static void store(
      Connection connection, List<NewToken> rows, Map<UUID, ItemResult<Tokenized>> results)
      throws SQLException {
    List<NewToken> left = rows;
    for (int draw = 0; draw < DRAWS && !left.isEmpty(); draw++) {
      List<TokenStore.Drawn> drawn =
          left.stream().map(row -> new TokenStore.Drawn(row, row.draw().get())).toList();
      Set<UUID> stored = TokenStore.insert(connection, drawn);
      for (TokenStore.Drawn one : drawn) {
        if (stored.contains(one.row().id())) {
          results.put(
              one.row().id(),
              new ItemResult.Done<>(new Tokenized(one.row().view(one.token()), false)));
        }
      }
      left = left.stream().filter(row -> !stored.contains(row.id())).toList();
    }
    if (!left.isEmpty()) {
      TokenStore.unindex(connection, left.stream().map(NewToken::id).toList());
      left.forEach(
          row ->
              results.put(
                  row.id(),
                  new ItemResult.Failed<>(ProblemException.of(ProblemCode.TOKEN_SPACE_EXHAUSTED))));
    }
  }

  private static Stream<AuditEvent> events(NewToken row, ItemResult<Tokenized> result) {
    return result.match(done -> Stream.of(event(row, done)), failed -> Stream.empty());
  }

  private static AuditEvent event(NewToken row, Tokenized done) {
    return AuditEvent.by(row.caller(), Action.TOKENIZE)
        .token(done.token().id())
        .key(done.deduplicated() ? null : row.keyId())
        .call(row.call() == null ? null : row.call().callId())
        .subject(row.call() == null ? null : "channel=" + row.call().channel())
        .granted();
  }
}
