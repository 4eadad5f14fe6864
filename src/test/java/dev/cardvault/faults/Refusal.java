package dev.cardvault.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;

/** What every refusal has to be: typed, and silent about its insides and about what was sent. */
final class Refusal {

  /** Names of classes, packages and statements, which tell an attacker what he is dealing with. */
  private static final Pattern INSIDES =
      Pattern.compile(
          "(?i)exception|\\b(java|javax|jakarta|org|com|io|dev)\\.[a-z]+\\.|jackson|quarkus|vert\\.?x|"
              + "hibernate|psql|postgres|sqlstate|\\bselect\\b.*\\bfrom\\b|insert into|"
              + "\\bat [\\w.$]+\\(|stack ?trace|nullpointer|deserializ");

  private Refusal() {}

  /** Checks that {@code answer} refuses a request for what was in it. */
  static void ofBadInput(String what, Answer answer, String... secrets) {
    assertTrue(
        answer.status() >= 400 && answer.status() < 500, () -> what + " was answered " + answer);
    check(what, answer, secrets);
  }

  /** Checks the form of a problem of any status. */
  static void check(String what, Answer answer, String... secrets) {
    assertTrue(answer.status() != 500, () -> what + " was answered " + answer);
    for (String secret : secrets) {
      assertFalse(answer.text().contains(secret), () -> what + " was echoed: " + answer);
      assertFalse(
          answer.headers().toString().contains(secret), () -> what + " was echoed in a header");
    }
    assertFalse(
        INSIDES.matcher(answer.text()).find(), () -> what + " shows the insides: " + answer);
    if (!answer.text().isEmpty()) {
      assertEquals(
          List.of("application/problem+json"),
          answer.headers().getOrDefault("content-type", List.of()).stream()
              .map(t -> t.replaceFirst(";.*", ""))
              .toList(),
          () -> what + " was answered " + answer);
      assertFalse(answer.code().isEmpty(), () -> what + " has no code: " + answer);
      assertEquals("urn:cardvault:problem:" + answer.code(), answer.field("type"));
      assertEquals(answer.status(), answer.json().path("status").asInt());
    }
  }
}
