package dev.cardvault.keys;

import static dev.cardvault.keys.KeysNode.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cardvault.problem.ProblemCode;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class KeyCacheTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T10:00:00Z"));
  private final List<Fake> loaded = new ArrayList<>();

  @Test
  void wipesAKeyByItsAge() {
    KeyCache<Integer, Fake> cache = cache(10);
    Fake key = await(cache.get(1, this::load));
    clock.advance(Duration.ofMinutes(4).plusSeconds(49));
    cache.sweep();
    assertSame(key, cache.ifPresent(1));
    clock.advance(Duration.ofSeconds(1));
    assertNull(cache.ifPresent(1));
    cache.sweep();
    assertNull(key.wiped);
    clock.advance(Duration.ofSeconds(10));
    cache.sweep();
    assertEquals(ProblemCode.KEY_SERVER_UNAVAILABLE, key.wiped);
    assertNotSame(key, await(cache.get(1, this::load)));
  }

  @Test
  void holdsNoMoreThanItsSizeAndWipesTheOldest() {
    KeyCache<Integer, Fake> cache = cache(100);
    for (int i = 0; i < 1_000; i++) {
      await(cache.get(i, this::load));
      clock.advance(Duration.ofMillis(1));
      assertTrue(cache.size() <= 100);
    }
    assertSame(loaded.get(999), cache.ifPresent(999));
    assertNull(cache.ifPresent(0));
    clock.advance(Duration.ofSeconds(11));
    cache.sweep();
    assertEquals(1_000 - cache.size(), loaded.stream().filter(key -> key.wiped != null).count());
  }

  @Test
  void opensAKeyInUseAnewBeforeItIsTooOld() {
    KeyCache<Integer, Fake> cache = cache(10);
    Fake old = await(cache.get(1, this::load));
    clock.advance(Duration.ofMinutes(4));
    assertSame(old, await(cache.get(1, this::load)));
    Fake fresh = await(cache.get(1, this::load));
    assertNotSame(old, fresh);
    assertNull(old.wiped);
    clock.advance(Duration.ofMinutes(4).plusSeconds(30));
    cache.sweep();
    assertEquals(ProblemCode.KEY_SERVER_UNAVAILABLE, old.wiped);
    assertSame(fresh, cache.ifPresent(1));
    assertEquals(2, loaded.size());
  }

  @Test
  void keepsAKeyToItsAgeWhenItCannotBeOpenedAnew() {
    KeyCache<Integer, Fake> cache = cache(10);
    Fake key = await(cache.get(1, this::load));
    clock.advance(Duration.ofMinutes(4));
    for (int i = 0; i < 5; i++) {
      assertSame(key, await(cache.get(1, KeyCacheTest::fail)));
    }
    clock.advance(Duration.ofMinutes(1));
    assertThrows(ProblemException.class, () -> await(cache.get(1, KeyCacheTest::fail)));
  }

  @Test
  void doesNotRememberAFailure() {
    KeyCache<Integer, Fake> cache = cache(10);
    assertThrows(ProblemException.class, () -> await(cache.get(1, KeyCacheTest::fail)));
    assertEquals(0, cache.size());
    assertFalse(await(cache.get(1, this::load)).toString().isEmpty());
  }

  @Test
  void wipesEverythingAtOnceAlsoWhatIsLeavingOrUnderway() {
    KeyCache<Integer, Fake> cache = cache(10);
    Fake here = await(cache.get(1, this::load));
    Fake leaving = await(cache.get(2, this::load));
    cache.forget(2);
    CompletableFuture<Fake> flight = new CompletableFuture<>();
    CompletionStage<Fake> underway = cache.get(3, id -> flight);
    cache.wipeAll(ProblemCode.KEY_SERVER_SEALED);
    Fake late = new Fake();
    flight.complete(late);
    for (Fake key : List.of(here, leaving, late)) {
      assertEquals(ProblemCode.KEY_SERVER_SEALED, key.wiped);
    }
    ProblemException refused = assertThrows(ProblemException.class, () -> await(underway));
    assertEquals(ProblemCode.KEY_SERVER_SEALED, refused.code());
    assertEquals(0, cache.size());
  }

  @Test
  void doesNotLetACallerEndTheFlightOfOthers() {
    KeyCache<Integer, Fake> cache = cache(10);
    CompletableFuture<Fake> flight = new CompletableFuture<>();
    CompletionStage<Fake> one = cache.get(1, id -> flight);
    CompletionStage<Fake> two = cache.get(1, id -> flight);
    one.toCompletableFuture().cancel(true);
    Fake key = new Fake();
    flight.complete(key);
    assertSame(key, await(two));
  }

  private KeyCache<Integer, Fake> cache(int size) {
    return new KeyCache<>(Duration.ofMinutes(5), Duration.ofMinutes(4), size, clock::nanoTime);
  }

  private CompletionStage<Fake> load(Integer id) {
    Fake key = new Fake();
    loaded.add(key);
    return CompletableFuture.completedStage(key);
  }

  private static CompletionStage<Fake> fail(Integer id) {
    return CompletableFuture.failedStage(ProblemException.of(ProblemCode.KEY_SERVER_UNAVAILABLE));
  }

  private static final class Fake implements Wipeable {
    private @Nullable ProblemCode wiped;

    @Override
    public void wipe(ProblemCode why) {
      wiped = why;
    }
  }
}
