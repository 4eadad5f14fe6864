package dev.cardvault.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does what came while it was busy, each time all at once. Nothing waits for company:
 * an item that finds the thread idle is done alone. The queue is bounded; an item that finds it
 * full is refused at once. An item whose fault fails a group is found by doing the group's items
 * one by one.
 *
 * @param <K> what items must share to be done together
 * @param <T> an item
 * @param <R> its result
 */
public final class Coalescer<K, T, R> implements AutoCloseable {

  private final String name;
  private final GroupWork<K, T, R> work;
  private final Limits limits;
  private final Executor replies;
  private final Onlooker onlooker;
  private final BlockingQueue<Waiting<K, T, R>> queue;
  private final Thread worker;
  private final Thread watchdog;
  private volatile List<Waiting<K, T, R>> inHand = List.of();
  private volatile boolean closed;

  /**
   * Starts a thread that does {@code work}.
   *
   * @param replies where results are handed out, so that the thread can go on with the next group
   * @param onlooker watches what is done together
   */
  public Coalescer(
      String name, GroupWork<K, T, R> work, Limits limits, Executor replies, Onlooker onlooker) {
    this.name = name;
    this.work = work;
    this.limits = limits;
    this.replies = replies;
    this.onlooker = onlooker;
    this.queue = new ArrayBlockingQueue<>(limits.queued());
    this.worker = daemon(name, this::drain);
    this.watchdog = daemon(name + "-watchdog", this::watch);
    worker.start();
    watchdog.start();
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The result of {@code item}, done together with others of {@code group}. Never blocks. */
  public CompletionStage<R> submit(K group, T item) {
    Waiting<K, T, R> waiting = new Waiting<>(group, item, System.nanoTime(), onlooker.arrives());
    if (closed || !queue.offer(waiting)) {
      return CompletableFuture.failedFuture(work.overloaded());
    }
    return waiting.result;
  }

  /** How many items wait. */
  public int queued() {
    return queue.size();
  }

  /** Does what is queued, then stops. */
  @Override
  public void close() {
    closed = true;
    worker.interrupt();
    watchdog.interrupt();
    try {
      worker.join(limits.deadline().toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() {
    while (!closed || !queue.isEmpty()) {
      List<Waiting<K, T, R>> batch = new ArrayList<>();
      try {
        if (queue.drainTo(batch, limits.together()) == 0) {
          if (closed) {
            return;
          }
          batch.add(queue.take());
          queue.drainTo(batch, limits.together() - 1);
        }
      } catch (InterruptedException stopped) {
        continue;
      }
      inHand = batch;
      byGroup(batch).forEach(this::doGroup);
      inHand = List.of();
    }
  }

  private Map<K, List<Waiting<K, T, R>>> byGroup(List<Waiting<K, T, R>> batch) {
    Map<K, List<Waiting<K, T, R>>> groups = new LinkedHashMap<>();
    for (Waiting<K, T, R> waiting : batch) {
      if (!waiting.result.isDone()) {
        groups.computeIfAbsent(waiting.group, k -> new ArrayList<>()).add(waiting);
      }
    }
    return groups;
  }

  private void doGroup(K group, List<Waiting<K, T, R>> items) {
    Runnable ended = begun(items);
    try {
      List<R> results = work.doAll(group, items.stream().map(w -> w.item).toList());
      reply(() -> complete(items, results));
    } catch (Exception failure) {
      if (items.size() > 1 && work.mayBeOneItems(failure)) {
        items.stream()
            .filter(one -> !one.result.isDone())
            .forEach(one -> doGroup(group, List.of(one)));
      } else {
        RuntimeException problem = work.problemOf(failure);
        reply(() -> items.forEach(w -> w.result.completeExceptionally(problem)));
      }
    } catch (Error broken) {
      // The thread lives on for the others; who waits for these must not wait for ever.
      reply(() -> items.forEach(w -> w.result.completeExceptionally(broken)));
    } finally {
      ended.run();
    }
  }

  private Runnable begun(List<Waiting<K, T, R>> items) {
    List<Object> watched = new ArrayList<>();
    for (Waiting<K, T, R> item : items) {
      if (item.from != null) {
        watched.add(item.from);
      }
    }
    return watched.isEmpty() ? () -> {} : onlooker.begins(name, items.size(), watched);
  }

  private void complete(List<Waiting<K, T, R>> items, List<R> results) {
    for (int i = 0; i < items.size(); i++) {
      items.get(i).result.complete(results.get(i));
    }
  }

  private void reply(Runnable answer) {
    try {
      replies.execute(answer);
    } catch (RejectedExecutionException stopping) {
      answer.run();
    }
  }

  // A worker stuck in a dead connection answers nobody; those who wait are told in time all the
  // same.
  private void watch() {
    long tick = limits.deadline().toMillis() / 20 + 1;
    while (!closed) {
      try {
        worker.join(tick);
      } catch (InterruptedException stopped) {
        continue;
      }
      failOverdue(inHand);
      Waiting<K, T, R> oldest = queue.peek();
      if (oldest != null && isOverdue(oldest)) {
        failOverdue(List.copyOf(queue));
      }
    }
  }

  private void failOverdue(List<Waiting<K, T, R>> items) {
    for (Waiting<K, T, R> waiting : items) {
      if (isOverdue(waiting) && !waiting.result.isDone()) {
        waiting.result.completeExceptionally(work.overdue());
      }
    }
  }

  private boolean isOverdue(Waiting<K, T, R> waiting) {
    return System.nanoTime() - waiting.since > limits.deadline().toNanos();
  }

  /**
   * How much a coalescer takes on.
   *
   * @param queued items that may wait
   * @param together items done at once
   * @param deadline how long an item may take before its caller is told so
   */
  public record Limits(int queued, int together, Duration deadline) {
    public Limits {
      if (queued < 1 || together < 1 || deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException("Limits are positive");
      }
    }
  }

  private static final class Waiting<K, T, R> {
    private final K group;
    private final T item;
    private final long since;
    private final @Nullable Object from;
    private final CompletableFuture<R> result = new CompletableFuture<>();

    Waiting(K group, T item, long since, @Nullable Object from) {
      this.group = group;
      this.item = item;
      this.since = since;
      this.from = from;
    }
  }
}
