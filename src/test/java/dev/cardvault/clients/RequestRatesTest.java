package dev.cardvault.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.TenantId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRatesTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RequestRates rates = new RequestRates(nanos::get);

  @Test
  void letsASecondsWorthThroughAtOnceAndNoMore() {
    ClientState client = client("cli_a", 5);
    for (int i = 0; i < 5; i++) {
      assertTrue(rates.admits(client));
    }
    assertFalse(rates.admits(client));
    assertTrue(rates.admits(client("cli_b", 5)));
  }

  @Test
  void fillsSteadily() {
    ClientState client = client("cli_a", 10);
    int admitted = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
      admitted += rates.admits(client) ? 1 : 0;
    }
    assertEquals(109, admitted, 1);
  }

  @Test
  void knowsNoLimitWhereThereIsNone() {
    ClientState client = client("cli_a", 0);
    for (int i = 0; i < 100_000; i++) {
      assertTrue(rates.admits(client));
    }
  }

  @Test
  void admitsOneAtATimeAtOneASecond() {
    ClientState client = client("cli_a", 1);
    assertTrue(rates.admits(client));
    assertFalse(rates.admits(client));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertTrue(rates.admits(client));
  }

  private static ClientState client(String id, int perSecond) {
    return new ClientState(
        new TenantId(new UUID(0, 1)),
        id,
        id,
        false,
        new ClientPolicy(Set.of(), Set.of(), Set.of(), List.of(), null, perSecond, 0),
        Map.of());
  }
}
