package dev.cardvault.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoginQueueTest {

  @Test
  void runsAtMostTwoAtOnceAndTurnsAFloodAway() throws Exception {
    LoginQueue queue = new LoginQueue(new FixedConfig());
    CountDownLatch hold = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> logins = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      logins.add(
          queue
              .run(
                  () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    awaitOpened(hold);
                    return running.decrementAndGet();
                  })
              .toCompletableFuture());
    }
    List<CompletableFuture<Integer>> turnedAway =
        logins.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
    hold.countDown();

    assertTrue(turnedAway.size() >= 200 - 64 - 2);
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> turnedAway.get(0).get());
    LoginException reason = assertInstanceOf(LoginException.class, refused.getCause());
    assertEquals(LoginException.Reason.BUSY, reason.reason());
    logins.removeAll(turnedAway);
    for (CompletableFuture<Integer> login : logins) {
      login.get(10, TimeUnit.SECONDS);
    }
    assertTrue(most.get() <= 2);
    queue.close();
  }

  private static void awaitOpened(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
