package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.access.TenantId;
import dev.cardvault.keys.KeyServerException.Kind;
import dev.cardvault.testing.ManualClock;
import dev.cardvault.trace.Traces;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands round a key server: retries, giving up, and measuring. */
final class HardenedKeyServerTest {

  @TempDir Path folder;
  private final KeyThreads threads = new KeyThreads();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final KeyContext context = new KeyContext(KeyPurpose.PAN, tenant, UUID.randomUUID());
  private FakeKeyServer fake;

  @BeforeEach
  void start() {
    fake =
        new FakeKeyServer(
            new LocalKeyServer(
                folder.resolve("k.json"), new SecureRandom(), Clock.systemUTC(), threads));
    await(fake.createKek(tenant));
  }

  @AfterEach
  void stop() {
    threads.stop();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void asksAgainAtMostTwiceAndOnlyWhereItMayHelp(Kind kind) {
    KeyServer server = retrying(Duration.ofSeconds(4));
    fake.fail(KeyServerHealth.UNAVAILABLE, kind);
    assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    boolean helps = kind == Kind.THROTTLED || kind == Kind.FAILED || kind == Kind.UNREACHABLE;
    assertEquals(helps ? 3 : 1, fake.made.get());
  }

  @Test
  void rotatesOnceEvenWhenTheAnswerIsLost() {
    fake.fail(KeyServerHealth.UNAVAILABLE, Kind.UNREACHABLE);
    KeyServer server = retrying(Duration.ofSeconds(4));
    assertThrows(KeyServerException.class, () -> await(server.rotateKek(tenant)));
    fake.health = KeyServerHealth.OK;
    assertEquals(1, await(server.kek(tenant)).latest());
  }

  @Test
  void givesUpAtItsDeadlineWhenNothingIsAnswered() {
    fake.gate = new CompletableFuture<>();
    KeyServer server = retrying(Duration.ofMillis(200));
    long start = System.nanoTime();
    KeyServerException failure =
        assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    assertEquals(Kind.UNREACHABLE, failure.kind());
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
  }

  @Test
  void leavesABlackHoleAloneAndTriesItNowAndThen() {
    KeyServer server = new BreakingKeyServer(fake, clock::nanoTime);
    fake.fail(KeyServerHealth.UNAVAILABLE, Kind.UNREACHABLE);
    for (int i = 0; i < 20; i++) {
      assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    }
    assertEquals(5, fake.made.get());
    clock.advance(Duration.ofSeconds(3));
    KeyServerException asked =
        assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    KeyServerException spared =
        assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    assertEquals(Kind.UNREACHABLE, asked.kind());
    assertEquals(Kind.NOT_TRIED, spared.kind());
    fake.health = KeyServerHealth.OK;
    await(server.health());
    await(server.makeDataKey(context)).bytes().close();
  }

  @Test
  void staysInUseWhenItAnswersWithAFailure() {
    KeyServer server = new BreakingKeyServer(fake, clock::nanoTime);
    fake.fail(KeyServerHealth.SEALED, Kind.SEALED);
    for (int i = 0; i < 20; i++) {
      assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    }
    assertEquals(20, fake.made.get());
  }

  @Test
  void isTimedByOperationAndOutcomeAlone() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    KeyServer server = new MeteredKeyServer(fake, meters, Traces.off());
    await(server.makeDataKey(context)).bytes().close();
    fake.fail(KeyServerHealth.SEALED, Kind.SEALED);
    assertThrows(KeyServerException.class, () -> await(server.makeDataKey(context)));
    await(server.health());
    for (String[] tags :
        new String[][] {
          {"make_data_key", "ok"}, {"make_data_key", "sealed"}, {"health", "sealed"}
        }) {
      Timer timer =
          meters.get("cardvault.key.server").tags("operation", tags[0], "outcome", tags[1]).timer();
      assertEquals(1, timer.count());
      assertEquals(2, timer.getId().getTags().size());
    }
  }

  private KeyServer retrying(Duration deadline) {
    return new RetryingKeyServer(fake, deadline, threads.timer(), System::nanoTime);
  }
}
