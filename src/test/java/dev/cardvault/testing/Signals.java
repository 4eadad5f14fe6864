package dev.cardvault.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Halts a process of this machine, and lets it go on. */
final class Signals {

  private Signals() {}

  /** {@code kill -STOP}: it holds its connections and does nothing. */
  static void freeze(long pid) {
    send("-STOP", pid);
  }

  /** {@code kill -CONT}. */
  static void thaw(long pid) {
    send("-CONT", pid);
  }

  private static void send(String name, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", name, Long.toString(pid)).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill " + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
