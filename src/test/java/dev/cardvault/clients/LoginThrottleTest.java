package dev.cardvault.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
  private final LoginThrottle throttle = new LoginThrottle(new FixedConfig(), clock);

  @Test
  void locksOutAfterTenFailuresForHalfAnHour() {
    for (int i = 1; i < 10; i++) {
      assertFalse(throttle.failed("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
      assertNull(throttle.waitOf("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
    }
    assertTrue(throttle.failed("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
    assertEquals(
        Duration.ofMinutes(30),
        throttle.waitOf("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));

    clock.advance(Duration.ofMinutes(29));
    assertEquals(
        Duration.ofMinutes(1),
        throttle.waitOf("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
    clock.advance(Duration.ofMinutes(1));
    assertNull(throttle.waitOf("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
    assertFalse(throttle.failed("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
  }

  @Test
  void leavesTheClientAloneAtItsOwnAddress() {
    for (int i = 0; i < 20; i++) {
      throttle.failed("cli_00000000-0000-7000-8000-00000000000a", "203.0.113.9");
    }
    assertNull(throttle.waitOf("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
    assertNull(throttle.waitOf("cli_00000000-0000-7000-8000-00000000000b", "203.0.113.9"));
  }

  @Test
  void startsOverAfterALogin() {
    for (int i = 0; i < 9; i++) {
      throttle.failed("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1");
    }
    throttle.succeeded("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1");
    assertFalse(throttle.failed("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
    assertNull(throttle.waitOf("cli_00000000-0000-7000-8000-00000000000a", "192.0.2.1"));
  }
}
