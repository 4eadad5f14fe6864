package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows how a capture stands. */
@Command(name = "get", description = "Shows how a capture stands.")
final class ShowCapture extends ServiceCommand {

  @Parameters(paramLabel = "CAPTURE", description = "The capture's id.")
  String capture;

  ShowCapture() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.get("/v1/captures/" + ServiceClient.segment(capture)));
  }
}
