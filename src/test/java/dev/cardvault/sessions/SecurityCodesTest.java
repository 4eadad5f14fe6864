package dev.cardvault.sessions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.card.CardBrand;
import dev.cardvault.card.RevealsPan;
import dev.cardvault.card.SecurityCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecurityCodesTest {

  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final UUID TOKEN = new UUID(2, 2);

  private final HandClock clock = new HandClock();
  private final SecurityCodes codes = new SecurityCodes(clock);

  @AfterEach
  void stopTheClock() {
    clock.stop();
  }

  @Test
  @RevealsPan("Compares what was given out")
  void givesACodeOutOnce() {
    codes.keep(TENANT, TOKEN, code("123"));
    try (SecurityCode taken = codes.take(TENANT, TOKEN).orElseThrow()) {
      assertEquals("123", new String(taken.reveal(), StandardCharsets.US_ASCII));
    }
    assertEquals(Optional.empty(), codes.take(TENANT, TOKEN));
  }

  @Test
  void keepsTheCodesOfTenantsAndTokensApart() {
    codes.keep(TENANT, TOKEN, code("123"));
    assertEquals(Optional.empty(), codes.take(new TenantId(new UUID(1, 2)), TOKEN));
    assertEquals(Optional.empty(), codes.take(TENANT, new UUID(2, 3)));
    assertTrue(codes.take(TENANT, TOKEN).isPresent());
  }

  @Test
  void givesACodeOutUpToTheLastMomentOfTwoMinutes() {
    codes.keep(TENANT, TOKEN, code("123"));
    clock.millis = 119_999;
    assertTrue(codes.take(TENANT, TOKEN).isPresent());
  }

  @Test
  void givesNoCodeOutAfterTwoMinutesAndWipesIt() {
    byte[] digits = "123".getBytes(StandardCharsets.US_ASCII);
    codes.keep(TENANT, TOKEN, SecurityCode.takeOwnershipOf(digits, CardBrand.VISA));
    clock.millis = 120_000;
    assertEquals(Optional.empty(), codes.take(TENANT, TOKEN));
    assertArrayEquals(new byte[3], digits);
  }

  @Test
  void wipesACodeNobodyAsksFor() {
    byte[] digits = "123".getBytes(StandardCharsets.US_ASCII);
    codes.keep(TENANT, TOKEN, SecurityCode.takeOwnershipOf(digits, CardBrand.VISA));
    clock.passTo(120_000);
    assertArrayEquals(new byte[3], digits);
  }

  @Test
  void wipesTheCodeThatAnotherTakesThePlaceOf() {
    byte[] digits = "123".getBytes(StandardCharsets.US_ASCII);
    codes.keep(TENANT, TOKEN, SecurityCode.takeOwnershipOf(digits, CardBrand.VISA));
    codes.keep(TENANT, TOKEN, code("456"));
    assertArrayEquals(new byte[3], digits);
  }

  private static SecurityCode code(String digits) {
    return SecurityCode.takeOwnershipOf(digits.getBytes(StandardCharsets.US_ASCII), CardBrand.VISA);
  }

  /** A clock that stands still until it is set, and then does what is due. */
  private static final class HandClock extends SessionClock {
    private final Queue<Runnable> timers = new ArrayDeque<>();
    private long millis;
    private long due;

    HandClock() {
      super(Clock.systemUTC());
    }

    @Override
    Future<?> after(long span, TimeUnit unit, Runnable work) {
      due = millis + unit.toMillis(span);
      timers.add(work);
      return CompletableFuture.completedFuture(null);
    }

    void passTo(long now) {
      millis = now;
      while (now >= due && !timers.isEmpty()) {
        timers.remove().run();
      }
    }

    @Override
    public long millis() {
      return millis;
    }
  }
}
