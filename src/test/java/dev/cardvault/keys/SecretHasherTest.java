package dev.cardvault.keys;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHasherTest {

  private final SecretHasher hasher = new SecretHasher(new SecureRandom());

  @Test
  void knowsASecretAgainAndNoOther() {
    String stored = hasher.hash(bytes("correct horse"));

    assertTrue(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    assertTrue(hasher.matches(bytes("correct horse"), stored));
    assertFalse(hasher.matches(bytes("correct horsf"), stored));
    assertFalse(hasher.matches(bytes(""), stored));
  }

  @Test
  void saltsEachHash() {
    assertNotEquals(hasher.hash(bytes("same")), hasher.hash(bytes("same")));
  }

  @Test
  void checksADecoyLikeAnyOther() {
    assertFalse(hasher.matches(bytes("anything"), hasher.decoy()));
  }

  /** Source: the reference implementation's test suite, phc-winner-argon2 src/test.c. */
  @Test
  void agreesWithTheReferenceImplementation() {
    assertTrue(
        hasher.matches(
            bytes("password"),
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$2a$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=99,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
      })
  void refusesWhatItDidNotWrite(String stored) {
    assertThrows(IllegalArgumentException.class, () -> hasher.matches(bytes("password"), stored));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
