package dev.cardvault.command;

import dev.cardvault.ops.Launch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Migrates. */
@Command(
    name = "migrate",
    description =
        "Brings the database's tables up to this version, as their owner, and ends. It needs no key"
            + " server.")
final class MigrateCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return Launch.migrate();
  }
}
