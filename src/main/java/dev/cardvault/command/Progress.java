package dev.cardvault.command;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * How far long work has come, on standard error, for people: a program that reads it sees nothing.
 */
public final class Progress implements AutoCloseable {

  private static final int REDRAWN_MILLIS = 200;

  private final @Nullable ProgressBar bar;

  private Progress(@Nullable ProgressBar bar) {
    this.bar = bar;
  }

  /** Shows nothing. */
  public static Progress none() {
    return new Progress(null);
  }

  /** Work of {@code total} steps. */
  public static Progress of(String what, long total) {
    return new Progress(Terminal.ofAPerson() == null ? null : begun(what, total));
  }

  /** Work whose end nobody knows. */
  public static Progress unending(String what) {
    return of(what, -1);
  }

  private static ProgressBar begun(String what, long total) {
    return new ProgressBarBuilder()
        .setTaskName(what)
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAWN_MILLIS)
        .showSpeed()
        .build();
  }

  /** Some more steps are done. */
  public void advance(long steps) {
    if (bar != null) {
      bar.stepBy(steps);
    }
  }

  /** So many of all steps are done. */
  public void reach(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
