package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Places a legal hold. */
@Command(name = "place", description = "Places a legal hold.")
final class PlaceHold extends ServiceCommand {

  @Parameters(paramLabel = "REASON", description = "Which case it is for.")
  String reason;

  PlaceHold() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.post("/v1/legal-holds", new Given().and("reason", reason).body()));
  }
}
