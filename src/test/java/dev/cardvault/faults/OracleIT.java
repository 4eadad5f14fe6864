package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.FaultCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody tokenizes cards to learn which of them the vault knows. */
final class OracleIT {

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.shared();
  }

  @Test
  @FaultCase(43)
  void anotherTenantsCardsAreAsNewAsAny() {
    String number = Cards.number(43_001);
    assertTrue(stage.client().tokenize(number).join().succeeded());
    Answer known = stage.otherTenant().tokenize(number).join();
    Answer unknown = stage.otherTenant().tokenize(Cards.number(43_002)).join();
    assertEquals(unknown.status(), known.status());
    assertEquals(fields(unknown), fields(known));
    assertFalse(known.json().path("deduplicated").asBoolean());
  }

  @Test
  @FaultCase(43)
  void aProfileWithoutReuseTellsNothingByStatusFieldsOrTime() {
    List<Long> known = new ArrayList<>();
    List<Long> unknown = new ArrayList<>();
    String number = Cards.number(43_100);
    fresh(number);
    for (int i = 0; i < 200; i++) {
      Answer again = fresh(number);
      Answer first = fresh(Cards.number(43_101 + i));
      assertEquals(first.status(), again.status());
      assertEquals(fields(first), fields(again));
      assertFalse(again.json().path("deduplicated").asBoolean());
      known.add(again.nanos());
      unknown.add(first.nanos());
    }
    double ratio = (double) median(known) / median(unknown);
    assertTrue(ratio > 0.7 && ratio < 1.4, "known cards take " + ratio + " times as long");
  }

  private static Answer fresh(String number) {
    Answer answer = stage.client().post("ivr", "/v1/tokens", IdempotencyIT.noReuse(number)).join();
    assertTrue(answer.succeeded(), answer.toString());
    return answer;
  }

  private static Set<String> fields(Answer answer) {
    Set<String> names = new TreeSet<>();
    answer.json().fieldNames().forEachRemaining(names::add);
    names.addAll(answer.headers().keySet());
    return names;
  }

  private static long median(List<Long> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
