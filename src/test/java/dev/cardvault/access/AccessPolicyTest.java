package dev.cardvault.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessPolicyTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static final Hours MORNING =
      new Hours(LocalTime.of(8, 0), LocalTime.of(12, 0), ZoneOffset.UTC);

  @Test
  void allowsWhatBothTheClientAndItsAccessTokenMay() {
    Caller caller = caller(Set.of(Scope.TOKENS_READ), Set.of(Scope.TOKENS_READ), List.of(), null);
    assertSame(Decision.ALLOWED, AccessPolicy.mayUse(caller, Scope.TOKENS_READ, NOON));
  }

  @Test
  void deniesAScopeThatTheAccessTokenLacks() {
    Caller caller = caller(Set.of(), Set.of(Scope.TOKENS_READ), List.of(), null);
    assertDenied(ProblemCode.SCOPE_MISSING, use(caller));
  }

  @Test
  void deniesAScopeThatTheClientHasLostSince() {
    Caller caller = caller(Set.of(Scope.TOKENS_READ), Set.of(Scope.TOKENS_CREATE), List.of(), null);
    assertDenied(ProblemCode.SCOPE_MISSING, use(caller));
  }

  @Test
  void deniesCallsFromElsewhere() {
    assertDenied(
        ProblemCode.NETWORK_DENIED, use(reader(List.of(Network.of("198.51.100.0/24")), null)));
  }

  @Test
  void allowsCallsFromAnyOfItsNetworks() {
    List<Network> networks = List.of(Network.of("198.51.100.0/24"), Network.of("192.0.2.0/24"));
    assertTrue(use(reader(networks, null)).allowed());
  }

  @Test
  void deniesCallsOutsideItsHours() {
    assertDenied(ProblemCode.OUTSIDE_HOURS, use(reader(List.of(), MORNING)));
  }

  @Test
  void allowsCallsWithinItsHours() {
    Caller caller = reader(List.of(), MORNING);
    assertTrue(AccessPolicy.mayUse(caller, Scope.TOKENS_READ, NOON.minusSeconds(1)).allowed());
  }

  @Test
  void revealsTheLevelsOfTheClientForAnyPurposeUnlessSomeAreNamed() {
    Caller caller = revealer(Set.of(RevealLevel.MASKED), Set.of());
    assertTrue(AccessPolicy.mayReveal(caller, RevealLevel.MASKED, Purpose.OTHER).allowed());
    assertDenied(
        ProblemCode.REVEAL_LEVEL_DENIED,
        AccessPolicy.mayReveal(caller, RevealLevel.FULL, Purpose.OTHER));
  }

  @Test
  void revealsForTheNamedPurposesAlone() {
    Caller caller = revealer(Set.of(RevealLevel.FULL), Set.of(Purpose.CHARGE));
    assertTrue(AccessPolicy.mayReveal(caller, RevealLevel.FULL, Purpose.CHARGE).allowed());
    assertDenied(
        ProblemCode.PURPOSE_DENIED,
        AccessPolicy.mayReveal(caller, RevealLevel.FULL, Purpose.REFUND));
  }

  @Test
  void aDecisionThrowsOnlyWhenItDenies() {
    assertDoesNotThrow(Decision.ALLOWED::orThrow);
    assertTrue(Decision.ALLOWED.allowed());
  }

  private static void assertDenied(ProblemCode rule, Decision decision) {
    assertFalse(decision.allowed());
    assertEquals(rule, assertThrows(ProblemException.class, decision::orThrow).code());
  }

  private static Decision use(Caller caller) {
    return AccessPolicy.mayUse(caller, Scope.TOKENS_READ, NOON);
  }

  private static Caller reader(List<Network> networks, @Nullable Hours hours) {
    return caller(Set.of(Scope.TOKENS_READ), Set.of(Scope.TOKENS_READ), networks, hours);
  }

  private static Caller revealer(Set<RevealLevel> levels, Set<Purpose> purposes) {
    return of(Set.of(), new ClientPolicy(Set.of(), levels, purposes, List.of(), null, 0, 0));
  }

  private static Caller caller(
      Set<Scope> token, Set<Scope> client, List<Network> networks, @Nullable Hours hours) {
    return of(token, new ClientPolicy(client, Set.of(), Set.of(), networks, hours, 0, 0));
  }

  private static Caller of(Set<Scope> scopes, ClientPolicy policy) {
    return new Caller(
        new TenantId(new UUID(1, 1)), "cli_1", "name", "cred", scopes, policy, "192.0.2.7", "req");
  }
}
