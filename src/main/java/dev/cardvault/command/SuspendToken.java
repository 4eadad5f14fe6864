package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stops a token from opening. */
@Command(name = "suspend", description = "Stops a token from opening.")
final class SuspendToken extends ServiceCommand {

  @Parameters(paramLabel = "TOKEN", description = "The token's text or id.")
  String token;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it is written to the audit log.")
  String reason;

  SuspendToken() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    byte[] why = new Given().and("reason", reason).body();
    show(client.post("/v1/tokens/" + ServiceClient.segment(token) + "/suspend", why));
  }
}
