package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cardvault.testing.Credentials;
import dev.cardvault.testing.TestDatabase;
import dev.cardvault.testing.TestPostgres;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A check that finds nothing is worth something only if it would find something. */
final class HistoryCheckTest {

  private static final String PROBLEM =
      "{\"code\":\"%s\",\"retryable\":%s,\"status\":503,\"type\":\"urn:cardvault:problem:a\"}";

  private final History history = new History();
  private final TestDatabase database = TestPostgres.shared().newDatabase();
  private final HistoryCheck check =
      new HistoryCheck(
          history,
          new VaultClient(() -> URI.create("http://127.0.0.1:1"), Credentials.ofJson("{}")),
          database);

  @Test
  void findsTwoTokensOfOneCard() {
    tokenized(1, "0001");
    tokenized(1, "0001");
    assertDoesNotThrow(check::oneTokenPerCard);
    tokenized(1, "0002");
    assertThrows(AssertionError.class, check::oneTokenPerCard);
  }

  @Test
  void findsOneTokenOfTwoCards() {
    tokenized(1, "0001");
    tokenized(2, "0001");
    assertThrows(AssertionError.class, check::oneTokenPerCard);
  }

  @Test
  void acceptsTypedRetryableRefusalsAndLostConnections() {
    add(Call.Kind.TOKENIZE, 503, PROBLEM.formatted("database-unavailable", true));
    add(Call.Kind.TOKENIZE, 0, "connection reset");
    assertDoesNotThrow(check::toldAsUnknown);
  }

  @Test
  void findsARefusalThatMayNotBeTriedAgainAndAnInternalError() {
    add(Call.Kind.TOKENIZE, 503, PROBLEM.formatted("database-unavailable", false));
    assertThrows(AssertionError.class, check::toldAsUnknown);
    History other = new History();
    other.add(call(Call.Kind.TOKENIZE, 1, 500, "{\"code\":\"internal\",\"retryable\":true}"));
    assertThrows(
        AssertionError.class,
        new HistoryCheck(
                other,
                new VaultClient(() -> URI.create("http://127.0.0.1:1"), Credentials.ofJson("{}")),
                database)
            ::toldAsUnknown);
  }

  @Test
  void findsACardThatIsNotTheOneAskedFor() {
    history.add(
        call(Call.Kind.DETOKENIZE, 1, 200, "{\"card\":{\"number\":\"" + Cards.number(2) + "\"}}"));
    assertThrows(AssertionError.class, check::toldAsUnknown);
  }

  @Test
  void findsARevealWithoutItsEvent() {
    history.add(
        call(
            Call.Kind.DETOKENIZE,
            1,
            200,
            "{\"audit_event_id\":\"evt_" + UUID.randomUUID() + "\"}"));
    assertThrows(AssertionError.class, check::everyRevealIsAudited);
  }

  private void tokenized(long card, String token) {
    history.add(call(Call.Kind.TOKENIZE, card, 201, "{\"token\":\"" + token + "\"}"));
  }

  private void add(Call.Kind kind, int status, String body) {
    history.add(call(kind, 1, status, body));
  }

  private static Call call(Call.Kind kind, long card, int status, String body) {
    return new Call(
        kind, Cards.number(card), "0001", "order", 0, 1, new Answer(status, Map.of(), body, 1));
  }
}
