package dev.cardvault.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * What the process does last. It runs when the class loader that made it may be closed (dev mode),
 * so it calls nothing but the JDK.
 */
final class StopAtExit extends Thread {

  private final Runnable serviceEnded;
  private final List<List<String>> commands;
  private final DataLock lock;

  /**
   * Stops by {@code commands}, trying each until one succeeds.
   *
   * @param serviceEnded returns once nobody needs the database any more
   * @param lock held until the server is down
   */
  StopAtExit(Runnable serviceEnded, List<List<String>> commands, DataLock lock) {
    super("embedded-postgres-stop");
    this.serviceEnded = serviceEnded;
    this.commands = commands;
    this.lock = lock;
  }

  @Override
  public void run() {
    serviceEnded.run();
    for (List<String> command : commands) {
      if (!lock.isHeld() || succeeds(command)) {
        return;
      }
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
