package dev.cardvault.command;

import dev.cardvault.ops.Launch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the first tenant. */
@Command(
    name = "bootstrap",
    description =
        "Makes a tenant and its four clients, and prints their credentials once, as JSON on"
            + " standard output.")
final class BootstrapCommand implements Callable<Integer> {

  @Option(
      names = "--tenant",
      paramLabel = "NAME",
      required = true,
      description = "The tenant's name: a-z, 0-9 and dashes, at most 63.")
  String tenant;

  @Override
  public Integer call() {
    return Launch.bootstrap(tenant);
  }
}
