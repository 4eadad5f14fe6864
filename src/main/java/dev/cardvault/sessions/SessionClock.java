package dev.cardvault.sessions;

import dev.cardvault.capture.CaptureClock;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The clock of all captures: spans from the machine's monotonic one, the month from the wall's. */
@ApplicationScoped
class SessionClock implements CaptureClock {

  private static final Logger LOG = Logger.getLogger(SessionClock.class);

  private final Clock wall;
  private final ScheduledThreadPoolExecutor timers;

  SessionClock(Clock wall) {
    this.wall = wall;
    timers =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "capture-clock");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true);
    timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Does {@code work} later, which must not block. */
  Future<?> after(long span, TimeUnit unit, Runnable work) {
    return timers.schedule(() -> surviving(work), span, unit);
  }

  private static void surviving(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.errorf("A capture's timer failed: %s", e.getClass().getName());
    }
  }

  @PreDestroy
  void stop() {
    timers.shutdownNow();
  }

  @Override
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  @Override
  public YearMonth month() {
    return YearMonth.from(wall.instant().atZone(ZoneOffset.UTC));
  }
}
