package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a capture. */
@Command(name = "hang-up", description = "Says that the caller hung up, which ends a capture.")
final class HangUpCapture extends ServiceCommand {

  @Parameters(paramLabel = "CAPTURE", description = "The capture's id.")
  String capture;

  HangUpCapture() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.delete("/v1/captures/" + ServiceClient.segment(capture)));
  }
}
