package dev.cardvault.command;

import dev.cardvault.ops.Launch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Serves. */
@Command(name = "serve", description = "Answers requests until it is stopped.")
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return Launch.serve();
  }
}
