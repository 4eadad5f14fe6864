package dev.cardvault.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@code jcmd} sees of a process. */
final class HeapDump {

  private HeapDump() {}

  /** Writes what is reachable in the heap of process {@code pid} to {@code file}. */
  static void of(long pid, Path file) {
    jcmd(pid, "GC.heap_dump", file.toAbsolutePath().toString());
  }

  /** All threads of process {@code pid}, with their names and stacks. */
  static String threads(long pid) {
    return jcmd(pid, "Thread.print");
  }

  private static String jcmd(long pid, String... command) {
    try {
      String[] all = new String[command.length + 2];
      all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      all[1] = Long.toString(pid);
      System.arraycopy(command, 0, all, 2, command.length);
      Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(output);
      }
      return output;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
