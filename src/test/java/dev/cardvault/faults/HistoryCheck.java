package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Proves the promises from a {@link History}, once the load is over and the service is well. */
final class HistoryCheck {

  private static final int REVEALS_AT_ONCE = 32;

  private final History history;
  private final VaultClient client;
  private final TestDatabase database;

  HistoryCheck(History history, VaultClient client, TestDatabase database) {
    this.history = history;
    this.client = client;
    this.database = database;
  }

  /** All promises that a history can prove. */
  void verify() {
    assertTrue(!history.tokens().isEmpty(), "No token was acknowledged: " + history.summary());
    toldAsUnknown();
    oneTokenPerCard();
    everyTokenOpens();
    everyRevealIsAudited();
  }

  /** P6: an answer is a whole success, or a typed problem that says it may be tried again. */
  void toldAsUnknown() {
    List<Call> wrong =
        history
            .calls()
            .filter(c -> !c.acknowledged() && !c.answer().isLost())
            .filter(
                c ->
                    !(c.answer().status() == 503
                        && c.answer().json().path("retryable").asBoolean()
                        && !c.answer().code().isEmpty()))
            .filter(c -> !c.answer().code().equals("idempotency-in-flight"))
            .toList();
    assertEquals(List.of(), wrong.stream().limit(3).toList(), history.summary());
    for (Call call : history.acknowledged(Call.Kind.DETOKENIZE)) {
      assertEquals(call.number(), call.answer().json().path("card").path("number").asText());
    }
  }

  /** P3: under reuse, whoever asks for a token of a card is told the same one. */
  void oneTokenPerCard() {
    Map<String, Set<String>> tokens = new HashMap<>();
    for (Call call : history.tokens()) {
      tokens.computeIfAbsent(call.number(), n -> new HashSet<>()).add(call.provenToken());
    }
    tokens.values().forEach(t -> assertEquals(1, t.size(), "tokens of one card: " + t));
    Map<String, String> cards = new HashMap<>();
    tokens.forEach(
        (number, t) -> assertEquals(null, cards.put(t.iterator().next(), number), "shared token"));
    assertEquals(
        0,
        count(
            "SELECT count(*) FROM token t WHERE status <> 'erased'"
                + " AND NOT EXISTS (SELECT FROM pan_index i WHERE i.token_id = t.id)"),
        "tokens that no card is found by");
    assertEquals(
        0,
        count(
            "SELECT count(*) FROM pan_index i"
                + " WHERE NOT EXISTS (SELECT FROM token t WHERE t.id = i.token_id)"),
        "cards whose token is not there");
  }

  /** P1: each acknowledged token opens to its card. */
  void everyTokenOpens() {
    Map<String, String> cards = new HashMap<>();
    history.tokens().forEach(c -> cards.put(c.provenToken(), c.number()));
    List<Map.Entry<String, String>> all = List.copyOf(cards.entrySet());
    for (int from = 0; from < all.size(); from += REVEALS_AT_ONCE) {
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (var entry : all.subList(from, Math.min(all.size(), from + REVEALS_AT_ONCE))) {
        running.add(client.detokenize(entry.getKey(), "check").thenAccept(a -> opened(a, entry)));
      }
      running.forEach(CompletableFuture::join);
    }
  }

  private static void opened(Answer answer, Map.Entry<String, String> expected) {
    assertEquals(200, answer.status(), () -> "An acknowledged token does not open: " + answer);
    assertEquals(expected.getValue(), answer.json().path("card").path("number").asText());
  }

  /** P2: each card that left has its committed event, of the right token. */
  void everyRevealIsAudited() {
    String sql =
        "SELECT count(*) FROM audit_event e JOIN token t ON t.id = e.token_id"
            + " WHERE e.id = ?::uuid AND e.action = 'DETOKENIZE' AND e.outcome = 'GRANTED'"
            + " AND e.reference_id = ? AND t.token = ?";
    try (Connection connection = database.asOwner().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Call call : history.acknowledged(Call.Kind.DETOKENIZE)) {
        statement.setString(1, call.answer().field("audit_event_id").replaceFirst("^evt_", ""));
        statement.setString(2, call.reference());
        statement.setString(3, call.token());
        try (ResultSet answer = statement.executeQuery()) {
          answer.next();
          assertEquals(1, answer.getInt(1), "A card left without its event: " + call.reference());
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private int count(String sql) {
    return Integer.parseInt(Sql.ask(database, sql));
  }
}
