package dev.cardvault;

import dev.cardvault.command.Cardvault;
import dev.cardvault.ops.Launch;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Where the process begins. */
@QuarkusMain
public final class Main {

  Main() {}

  /** Runs the command that the arguments name, and ends the process with its status. */
  public static void main(String... arguments) {
    int status = Cardvault.run(arguments);
    if (status != Launch.GOES_ON) {
      System.exit(status);
    }
  }
}
