package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows a client, without its secrets. */
@Command(name = "get", description = "Shows a client, without its secrets.")
final class ShowClient extends ServiceCommand {

  @Parameters(paramLabel = "CLIENT", description = "The client's id.")
  String id;

  ShowClient() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.get("/v1/clients/" + ServiceClient.segment(id)));
  }
}
