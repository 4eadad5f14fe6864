package dev.cardvault.audit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The thread of one who follows the log: a step, a pause, and again until it is stopped. */
public final class FollowingThread {

  private final Supplier<Duration> step;
  private final Runnable last;
  private final Semaphore stop = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * A thread that does not run yet.
   *
   * @param step what is done; it tells how long to pause, and throws nothing
   * @param last what is done after the last step
   */
  public FollowingThread(String name, Supplier<Duration> step, Runnable last) {
    this.step = step;
    this.last = last;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Has it end after the step it is at. Never blocks. */
  public void stop() {
    stopped = true;
    stop.release();
  }

  private void run() {
    while (!stopped) {
      pause(step.get());
    }
    last.run();
  }

  private void pause(Duration length) {
    try {
      if (stop.tryAcquire(length.toMillis(), TimeUnit.MILLISECONDS)) {
        stopped = true;
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
