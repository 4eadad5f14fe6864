package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import dev.cardvault.testing.ServiceNode;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody with the database in hand moves ciphertexts about. */
final class IntegrityIT {

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.own().start();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  @FaultCase(19)
  @Promise({"P2", "P5"})
  void refusesACorruptedCiphertext() {
    String token = token(stage.client(), 19_001);
    stage
        .database()
        .execute(
            "UPDATE token SET sealed = set_byte(sealed, length(sealed) - 1,"
                + " get_byte(sealed, length(sealed) - 1) # 1) WHERE token = '"
                + token
                + "'");
    assertFails(stage.client(), token, 19_001);
  }

  @Test
  @FaultCase(19)
  @Promise({"P2", "P5"})
  void refusesATruncatedCiphertext() {
    String token = token(stage.client(), 19_002);
    stage
        .database()
        .execute("UPDATE token SET sealed = substr(sealed, 1, 8) WHERE token = '" + token + "'");
    assertFails(stage.client(), token, 19_002);
  }

  @Test
  @FaultCase(19)
  @Promise({"P2", "P5"})
  void refusesTheCiphertextOfAnotherRow() {
    String one = token(stage.client(), 19_003);
    String other = token(stage.client(), 19_004);
    swap(one, other);
    assertFails(stage.client(), one, 19_003, 19_004);
    assertFails(stage.client(), other, 19_003, 19_004);
  }

  @Test
  @FaultCase(19)
  @Promise({"P2", "P5"})
  void refusesTheCiphertextOfAnotherTenant() {
    String ours = token(stage.client(), 19_005);
    String theirs = token(stage.otherTenant(), 19_006);
    swap(ours, theirs);
    assertFails(stage.client(), ours, 19_005, 19_006);
    assertFails(stage.otherTenant(), theirs, 19_005, 19_006);
  }

  @Test
  @FaultCase(19)
  @Promise({"P2", "P5"})
  void refusesACiphertextUnderAnotherKey() {
    String ours = token(stage.client(), 19_007);
    // A second node seals with a key of its own.
    try (ServiceNode second = stage.startNode()) {
      String theirs = token(stage.client().at(second::api), 19_008);
      stage
          .database()
          .execute(
              "UPDATE token SET key_id = (SELECT key_id FROM token WHERE token = '"
                  + theirs
                  + "') WHERE token = '"
                  + ours
                  + "'");
      assertFails(stage.client(), ours, 19_007);
      assertFails(stage.client().at(second::api), ours, 19_007);
    }
  }

  @Test
  @FaultCase(19)
  @Promise("P5")
  void refusesARowMovedToAnotherTenant() {
    String token = token(stage.otherTenant(), 19_009);
    String ours = token(stage.client(), 19_010);
    stage
        .database()
        .execute(
            "UPDATE token SET tenant_id = o.tenant_id, profile_id = o.profile_id FROM token o"
                + " WHERE token.token = '"
                + token
                + "' AND o.token = '"
                + ours
                + "'");
    Answer answer = stage.client().detokenize(token, "moved").join();
    assertTrue(answer.status() >= 400, answer.toString());
    assertFalse(answer.text().contains(Cards.number(19_009)));
  }

  private static void swap(String one, String other) {
    stage
        .database()
        .execute(
            """
            UPDATE token a SET sealed = b.sealed, key_id = b.key_id FROM token b
             WHERE (a.token = '%1$s' AND b.token = '%2$s') OR (a.token = '%2$s' AND b.token = '%1$s')
            """
                .formatted(one, other));
  }

  private static String token(VaultClient client, long card) {
    Answer answer = client.tokenize(Cards.number(card)).join();
    assertTrue(answer.succeeded(), answer.toString());
    return answer.field("token");
  }

  private static void assertFails(VaultClient client, String token, long... cards) {
    String order = "integrity-" + token;
    Answer answer = client.detokenize(token, order).join();
    assertEquals(500, answer.status(), answer.toString());
    assertEquals("integrity-failure", answer.code());
    for (long card : cards) {
      assertFalse(answer.text().contains(Cards.number(card)));
      assertFalse(answer.text().contains(Cards.number(card).substring(6)));
    }
    var events = client.auditEvents(Map.of("reference", order));
    assertTrue(
        events.stream().anyMatch(e -> outcome(e).equals("INTEGRITY_FAILURE")), events.toString());
  }

  private static String outcome(com.fasterxml.jackson.databind.JsonNode event) {
    return event.path("outcome").asText().toUpperCase(java.util.Locale.ROOT).replace('-', '_');
  }
}
