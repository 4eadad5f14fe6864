package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Destroys a token's card for good. */
@Command(name = "erase", description = "Destroys a token's card for good.")
final class EraseToken extends ServiceCommand {

  @Parameters(paramLabel = "TOKEN", description = "The token's text or id.")
  String token;

  @Option(names = "--yes", required = true, description = "Says that this is meant.")
  boolean meant;

  EraseToken() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    client.delete("/v1/tokens/" + ServiceClient.segment(token));
    if (!json) {
      out().println("Erased.");
    }
  }
}
