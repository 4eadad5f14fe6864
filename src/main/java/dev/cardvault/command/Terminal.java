package dev.cardvault.command;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether a person sits before this process. */
final class Terminal {

  private Terminal() {}

  /** Where a person reads and types; none in a script or behind a pipe. */
  static @Nullable Console ofAPerson() {
    Console console = System.console();
    if (console == null) {
      return null;
    }
    try {
      // Since Java 22 there is a console without a terminal, too.
      Object terminal = Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(terminal) ? console : null;
    } catch (NoSuchMethodException before22) {
      return console;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }
}
