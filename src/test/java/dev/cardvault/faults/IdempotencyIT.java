package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.FaultCase;
import dev.cardvault.testing.Promise;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A request that is sent again. */
final class IdempotencyIT {

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.shared();
  }

  /** A body whose every effect is another token. */
  static String noReuse(long card) {
    return noReuse(Cards.number(card));
  }

  static String noReuse(String number) {
    return "{\"card\":{\"number\":\"" + number + "\"},\"profile\":\"fresh\"}";
  }

  @Test
  @FaultCase(29)
  @Promise("P1")
  void theSameBodyGetsTheSameAnswer() {
    Answer first = post(stage.client(), noReuse(29_001), "same");
    Answer second = post(stage.client(), noReuse(29_001), "same");
    assertTrue(first.succeeded(), first.toString());
    assertEquals(first.status(), second.status());
    assertEquals(first.json(), second.json());
  }

  @Test
  @FaultCase(29)
  void anotherBodyUnderTheSameKeyIsRefused() {
    assertTrue(post(stage.client(), noReuse(29_002), "other").succeeded());
    Answer answer = post(stage.client(), noReuse(29_003), "other");
    assertEquals(422, answer.status(), answer.toString());
    assertEquals("idempotency-mismatch", answer.code());
  }

  @Test
  @FaultCase(29)
  void aKeyIsItsTenants() {
    Answer ours = post(stage.client(), noReuse(29_004), "tenants");
    Answer theirs = post(stage.otherTenant(), noReuse(29_005), "tenants");
    assertTrue(ours.succeeded(), ours.toString());
    assertTrue(theirs.succeeded(), theirs.toString());
    assertNotEquals(ours.field("id"), theirs.field("id"));
  }

  @Test
  @FaultCase(29)
  void aRefusedRequestDoesNotUseUpItsKey() {
    String wrong = noReuse(29_006).replace(Cards.number(29_006), "4111111111111112");
    assertEquals(422, post(stage.client(), wrong, "refused").status());
    assertTrue(post(stage.client(), noReuse(29_006), "refused").succeeded());
  }

  private static Answer post(VaultClient client, String body, String key) {
    return client.post("ivr", "/v1/tokens", body, "Idempotency-Key", key).join();
  }
}
