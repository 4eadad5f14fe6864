package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a token, its card masked. */
@Command(name = "get", description = "Shows a token, its card masked.")
final class ShowToken extends ServiceCommand {

  @Parameters(paramLabel = "TOKEN", description = "The token's text or id.")
  String token;

  ShowToken() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.get("/v1/tokens/" + ServiceClient.segment(token)));
  }
}
