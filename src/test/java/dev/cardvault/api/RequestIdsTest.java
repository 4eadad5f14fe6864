package dev.cardvault.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "req-1", "0192f0c1-7c5e-7b1a-8c1d-0123456789ab", "A.b_C-9"})
  void takesHarmlessNames(String id) {
    assertTrue(RequestIds.isHarmless(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a\r\nb",
        "ä",
        "${jndi:x}",
        "4111111111111111",
        "4111-1111-1111-1111",
        "x4111.1111_1111-1111x",
        "00000000000000000000000000000000000000000000000000000000000000000"
      })
  void refusesOthers(String id) {
    assertFalse(RequestIds.isHarmless(id));
  }
}
