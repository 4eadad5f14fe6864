package dev.cardvault.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scopes and the other words of access. */
class ScopeTest {

  @ParameterizedTest
  @EnumSource(
      value = Scope.class,
      names = {"AUDIT_READ", "AUDIT_EXPORT", "CLIENTS_WRITE", "UNLOCKS_APPROVE"})
  void nobodyWhoSeesPansHoldsADutyThatWatchesIt(Scope duty) {
    assertFalse(Scope.mayBeHeldTogether(Set.of(Scope.TOKENS_DETOKENIZE, duty)));
    assertTrue(Scope.mayBeHeldTogether(Set.of(duty)));
  }

  @Test
  void everythingElseMayBeHeldTogether() {
    EnumSet<Scope> scopes = EnumSet.allOf(Scope.class);
    scopes.remove(Scope.TOKENS_DETOKENIZE);
    assertTrue(Scope.mayBeHeldTogether(scopes));
    assertTrue(Scope.mayBeHeldTogether(Set.of(Scope.TOKENS_DETOKENIZE, Scope.TOKENS_CREATE)));
  }

  @Test
  void hasCodesAsInTheApi() {
    assertEquals("tokens:create", Scope.TOKENS_CREATE.code());
    assertEquals(Optional.of(Scope.AUDIT_READ), Scope.ofCode("audit:read"));
    assertEquals(Optional.empty(), Scope.ofCode("audit_read"));
    assertEquals(Optional.of(Purpose.FRAUD_REVIEW), Purpose.ofCode("fraud_review"));
    assertEquals(Optional.empty(), Purpose.ofCode("FRAUD_REVIEW"));
    assertEquals("fraud_review", Purpose.FRAUD_REVIEW.code());
    assertEquals(Optional.of(RevealLevel.BIN_LAST4), RevealLevel.ofCode("bin_last4"));
    assertEquals(Optional.empty(), RevealLevel.ofCode("BIN_LAST4"));
    assertEquals("bin_last4", RevealLevel.BIN_LAST4.code());
    assertEquals("invoice", Reference.Type.INVOICE.code());
    assertEquals("00000000-0000-0001-0000-000000000002", new TenantId(new UUID(1, 2)).toString());
  }

  @ParameterizedTest
  @EnumSource(RevealLevel.class)
  void opensThePanOnlyForDigitsThatAreNotKeptBesideIt(RevealLevel level) {
    assertEquals(level == RevealLevel.FULL || level == RevealLevel.BIN_LAST4, level.opensPan());
  }

  @ParameterizedTest
  @CsvSource({
    // from, to, time in UTC, whether inside
    "08:00, 18:00, 07:00, true",
    "08:00, 18:00, 06:59, false",
    "08:00, 18:00, 16:59, true",
    "08:00, 18:00, 17:00, false",
    "22:00, 06:00, 21:00, true",
    "22:00, 06:00, 20:59, false",
    "22:00, 06:00, 04:59, true",
    "22:00, 06:00, 05:00, false",
    "09:00, 09:00, 03:00, true"
  })
  void hoursHoldByTheClockOfTheirZone(LocalTime from, LocalTime to, LocalTime utc, boolean inside) {
    Instant instant = Instant.parse("2026-11-24T" + utc + ":00Z");
    assertEquals(inside, new Hours(from, to, ZoneId.of("Europe/Berlin")).contain(instant));
  }
}
