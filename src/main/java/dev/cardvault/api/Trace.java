package dev.cardvault.api;

import java.util.ArrayList;
import java.util.List;

/** Where something failed, without what it said: messages may quote what was being worked on. */
final class Trace {

  private static final int FRAMES = 12;
  private static final int CAUSES = 4;

  private Trace() {}

  /** The classes of {@code failure} and its causes, and the places where each was thrown. */
  static String of(Throwable failure) {
    List<String> lines = new ArrayList<>();
    Throwable cause = failure;
    for (int i = 0; i < CAUSES && cause != null; i++) {
      lines.add(cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int f = 0; f < Math.min(FRAMES, frames.length); f++) {
        lines.add("  at " + frames[f]);
      }
      cause = cause.getCause();
    }
    return String.join("\n", lines);
  }
}
