package dev.cardvault.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.ClientPolicy;
import dev.cardvault.access.TenantId;
import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClientDirectoryTest {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final TenantId TENANT = new TenantId(new UUID(0, 1));

  private final ManualClock clock = new ManualClock(START);
  private final FakeDirectoryStore store = new FakeDirectoryStore();
  private final ClientDirectory directory =
      new ClientDirectory(store, new FixedConfig(), clock, clock::nanoTime);

  @Test
  void readsOnceForAClientItDoesNotKnow() {
    store.clients = List.of(client("cli_a"));
    assertNull(directory.find("cli_a"));
    assertNotNull(directory.findOrRead("cli_a"));
    assertNotNull(directory.findOrRead("cli_a"));
    assertEquals(1, store.asked.size());
    assertNull(directory.findOrRead("cli_b"));
  }

  @Test
  void letsNobodyInOnceItHasHeardNothingForAMinute() {
    store.clients = List.of(client("cli_a"));
    directory.refresh();
    store.down = true;
    clock.advance(Duration.ofSeconds(60));
    directory.refreshOrWarn();
    assertNotNull(directory.find("cli_a"));

    clock.advance(Duration.ofMillis(1));
    ProblemException problem = assertThrows(ProblemException.class, () -> directory.find("cli_a"));
    assertEquals(ProblemCode.DATABASE_UNAVAILABLE, problem.code());

    store.down = false;
    directory.refreshOrWarn();
    assertNotNull(directory.find("cli_a"));
  }

  @Test
  void looksBackFarEnoughToMissNoTransaction() {
    directory.refresh();
    directory.refresh();
    assertEquals(START.minusSeconds(30), store.asked.get(1));
  }

  @Test
  void forgetsAClientWhoseRulesItCannotRead() {
    store.clients = List.of(client("cli_a"));
    directory.refresh();
    store.clients = List.of();
    store.unreadable = Set.of("cli_a");
    directory.refresh();
    assertNull(directory.find("cli_a"));
  }

  @Test
  void suspendsAllOfATenant() {
    assertFalse(directory.isSuspended(client("cli_a")));
    store.suspended = Set.of(TENANT);
    directory.refresh();
    assertTrue(directory.isSuspended(client("cli_a")));
  }

  private static ClientState client(String id) {
    ClientPolicy policy = new ClientPolicy(Set.of(), Set.of(), Set.of(), List.of(), null, 0, 0);
    return new ClientState(TENANT, id, id, false, policy, Map.of());
  }

  /** Tells what a test says has changed. */
  private static final class FakeDirectoryStore extends DirectoryStore {
    private final List<Instant> asked = new ArrayList<>();
    private List<ClientState> clients = List.of();
    private Set<String> unreadable = Set.of();
    private Set<TenantId> suspended = Set.of();
    private boolean down;

    @SuppressWarnings("NullAway") // It never gets as far as a database.
    FakeDirectoryStore() {
      super(null, null);
    }

    @Override
    Changes changedSince(Instant since) {
      if (down) {
        throw ProblemException.of(ProblemCode.DATABASE_UNAVAILABLE);
      }
      asked.add(since);
      return new Changes(START, clients, unreadable, suspended, Map.of());
    }
  }
}
