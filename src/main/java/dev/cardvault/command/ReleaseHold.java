package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Releases a legal hold. */
@Command(name = "release", description = "Releases a legal hold.")
final class ReleaseHold extends ServiceCommand {

  @Parameters(paramLabel = "HOLD", description = "Its id, hld_...")
  String hold;

  ReleaseHold() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.post("/v1/legal-holds/" + ServiceClient.segment(hold) + "/release"));
  }
}
