package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lets a suspended token open again. */
@Command(name = "resume", description = "Lets a suspended token open again.")
final class ResumeToken extends ServiceCommand {

  @Parameters(paramLabel = "TOKEN", description = "The token's text or id.")
  String token;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it is written to the audit log.")
  String reason;

  ResumeToken() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    byte[] why = new Given().and("reason", reason).body();
    show(client.post("/v1/tokens/" + ServiceClient.segment(token) + "/resume", why));
  }
}
