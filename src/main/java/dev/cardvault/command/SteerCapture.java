package dev.cardvault.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Steers a capture. */
@Command(
    name = "command",
    description = "Resets a field, asks for it, skips it, goes back, cancels or completes.")
final class SteerCapture extends ServiceCommand {

  @Parameters(index = "0", paramLabel = "CAPTURE", description = "The capture's id.")
  String capture;

  @Parameters(
      index = "1",
      paramLabel = "COMMAND",
      description = "reset, ask, skip, back, cancel or complete.")
  String command;

  @Option(
      names = "--field",
      paramLabel = "FIELD",
      description = "About which field; by default the one being asked for.")
  @Nullable String field;

  SteerCapture() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    byte[] wish = new Given().and("command", command).and("field", field).body();
    show(client.post("/v1/captures/" + ServiceClient.segment(capture) + "/commands", wish));
  }
}
