package dev.cardvault.batch;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescerTest {

  private static final RuntimeException OVERLOADED = new RuntimeException("overloaded");
  private static final RuntimeException OVERDUE = new RuntimeException("overdue");

  private final Recording work = new Recording();
  private Coalescer<String, Integer, Integer> coalescer = started(100, 10, Duration.ofSeconds(20));

  private Coalescer<String, Integer, Integer> started(int queued, int together, Duration deadline) {
    return new Coalescer<>(
        "test",
        work,
        new Coalescer.Limits(queued, together, deadline),
        Runnable::run,
        Onlooker.NONE);
  }

  private void restart(int queued, int together, Duration deadline) {
    coalescer.close();
    coalescer = started(queued, together, deadline);
  }

  @AfterEach
  void stop() {
    work.gate.countDown();
    coalescer.close();
  }

  @Test
  void doesAnItemThatFindsItIdleAlone() {
    work.gate.countDown();

    assertEquals(2, coalescer.submit("a", 1).toCompletableFuture().join());
    assertEquals(4, coalescer.submit("a", 2).toCompletableFuture().join());
    assertEquals(List.of(List.of(1), List.of(2)), work.groups);
  }

  @Test
  void doesWhatCameWhileItWasBusyAllAtOnceAndInOrder() {
    var first = occupy();
    var rest = submit("a", 2, 3, 4);
    work.gate.countDown();

    assertEquals(List.of(4, 6, 8), join(rest));
    assertEquals(2, first.join());
    assertEquals(List.of(List.of(1), List.of(2, 3, 4)), work.groups);
  }

  @Test
  void doesNoMoreAtOnceThanItsLimit() {
    var first = occupy();
    var rest = submit("a", IntStream.range(2, 27).toArray());
    work.gate.countDown();

    assertEquals(25, join(rest).size());
    assertEquals(2, first.join());
    assertEquals(List.of(1, 10, 10, 5), work.groups.stream().map(List::size).toList());
  }

  @Test
  void keepsGroupsApart() {
    occupy();
    var rest = new ArrayList<>(submit("a", 2, 3));
    rest.addAll(submit("b", 4));
    rest.addAll(submit("a", 5));
    work.gate.countDown();

    assertEquals(List.of(4, 6, 8, 10), join(rest));
    assertEquals(List.of(List.of(1), List.of(2, 3, 5), List.of(4)), work.groups);
  }

  @Test
  void failsOnlyTheItemAtFault() {
    occupy();
    var items = submit("a", 2, Recording.POISON, 4);
    work.gate.countDown();

    assertEquals(4, items.get(0).join());
    assertEquals(8, items.get(2).join());
    assertEquals("problem: poison", failureOf(items.get(1)).getMessage());
  }

  @Test
  void failsAllWhenNoItemIsToBlame() {
    occupy();
    var items = submit("a", 2, Recording.OUTAGE, 4);
    work.gate.countDown();

    items.forEach(item -> assertEquals("problem: outage", failureOf(item).getMessage()));
    assertEquals(2, work.groups.size());
  }

  @Test
  void refusesAtOnceWhenTheQueueIsFull() {
    restart(2, 10, Duration.ofSeconds(20));
    occupy();
    submit("a", 2, 3);

    var refused = coalescer.submit("a", 4).toCompletableFuture();

    assertTrue(refused.isDone());
    assertSame(OVERLOADED, failureOf(refused));
    assertEquals(2, coalescer.queued());
  }

  @Test
  void tellsThoseWhoWaitTooLongAndSkipsThem() {
    restart(100, 10, Duration.ofMillis(400));
    var first = occupy();
    var waiting = submit("a", 2).get(0);

    assertSame(OVERDUE, failureOf(first));
    assertSame(OVERDUE, failureOf(waiting));
    work.gate.countDown();
    assertEquals(6, coalescer.submit("a", 3).toCompletableFuture().join());
    assertEquals(List.of(List.of(1), List.of(3)), work.groups);
  }

  @Test
  void finishesWhatIsQueuedBeforeItStops() {
    occupy();
    var rest = submit("a", 2, 3);
    work.gate.countDown();

    coalescer.close();

    assertEquals(List.of(4, 6), join(rest));
    var late = coalescer.submit("a", 4).toCompletableFuture();
    assertSame(OVERLOADED, failureOf(late));
  }

  @Test
  void survivesAnErrorOfItsWork() {
    work.gate.countDown();
    var broken = coalescer.submit("a", Recording.ERROR).toCompletableFuture();

    assertThrows(CompletionException.class, broken::join);
    assertEquals(4, coalescer.submit("a", 2).toCompletableFuture().join());
  }

  @Test
  void refusesLimitsThatAreNotPositive() {
    assertThrows(
        IllegalArgumentException.class, () -> new Coalescer.Limits(0, 1, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class, () -> new Coalescer.Limits(1, 0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> new Coalescer.Limits(1, 1, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class, () -> new Coalescer.Limits(1, 1, Duration.ofNanos(-1)));
  }

  /** Has the worker take item 1 and hold it until the gate opens. */
  private CompletableFuture<Integer> occupy() {
    var first = coalescer.submit("a", 1).toCompletableFuture();
    await(work.entered);
    return first;
  }

  private List<CompletableFuture<Integer>> submit(String group, int... items) {
    return IntStream.of(items)
        .mapToObj(item -> coalescer.submit(group, item).toCompletableFuture())
        .toList();
  }

  private static Throwable failureOf(CompletableFuture<Integer> result) {
    return requireNonNull(assertThrows(CompletionException.class, result::join).getCause());
  }

  private static List<Integer> join(List<CompletableFuture<Integer>> results) {
    return results.stream().map(CompletableFuture::join).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(20, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Doubles numbers, once its gate is open. */
  private static final class Recording implements GroupWork<String, Integer, Integer> {
    static final int POISON = -1;
    static final int OUTAGE = -2;
    static final int ERROR = -3;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();

    @Override
    public List<Integer> doAll(String group, List<Integer> items) throws Exception {
      groups.add(List.copyOf(items));
      entered.countDown();
      await(gate);
      if (items.contains(POISON)) {
        throw new IllegalStateException("poison");
      }
      if (items.contains(OUTAGE)) {
        throw new IOException("outage");
      }
      if (items.contains(ERROR)) {
        throw new AssertionError("error");
      }
      return items.stream().map(i -> i * 2).toList();
    }

    @Override
    public boolean mayBeOneItems(Exception failure) {
      return failure instanceof IllegalStateException;
    }

    @Override
    public RuntimeException problemOf(Exception failure) {
      return new RuntimeException("problem: " + failure.getMessage());
    }

    @Override
    public RuntimeException overloaded() {
      return OVERLOADED;
    }

    @Override
    public RuntimeException overdue() {
      return OVERDUE;
    }
  }
}
