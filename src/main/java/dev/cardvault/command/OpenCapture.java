package dev.cardvault.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Opens a capture. */
@Command(
    name = "open",
    description = "Opens a capture, and prints its secrets, which are told this once.")
final class OpenCapture extends ServiceCommand {

  @Option(
      names = "--call",
      paramLabel = "ID",
      required = true,
      description = "The telephony platform's id of the call.")
  String call;

  @Option(
      names = "--channel",
      paramLabel = "CHANNEL",
      defaultValue = "ivr_dtmf",
      description = "ivr_dtmf, agent_assist, api or import. By default ${DEFAULT-VALUE}.")
  String channel;

  @Option(
      names = "--fields",
      paramLabel = "FIELD",
      split = ",",
      defaultValue = "pan,expiry",
      description =
          "What to ask for, in this order: pan, expiry, security_code, postal_code. By default"
              + " ${DEFAULT-VALUE}.")
  List<String> fields;

  @Option(names = "--agent", paramLabel = "ID", description = "Who is on the call.")
  @Nullable String agent;

  @Option(names = "--capture-profile", paramLabel = "NAME", description = "The capture profile.")
  @Nullable String captureProfile;

  OpenCapture() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    byte[] wish =
        new Given()
            .and("call_id", call)
            .and("channel", channel)
            .and("fields", fields)
            .and("agent_id", agent)
            .and("profile", captureProfile)
            .body();
    show(client.post("/v1/captures", wish));
  }
}
