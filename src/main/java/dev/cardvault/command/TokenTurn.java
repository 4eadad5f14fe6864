package dev.cardvault.command;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that turns a token on or off, for a reason. */
abstract class TokenTurn extends ServiceCommand {

  @Parameters(paramLabel = "TOKEN", description = "The token's text or id.")
  String token;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why; it is written to the audit log.")
  String reason;

  private final String turn;

  /**
   * @param turn the last part of the address that is asked
   */
  TokenTurn(String turn) {
    super("admin");
    this.turn = turn;
  }

  @Override
  final void ask(ServiceClient client) {
    byte[] why = new Given().and("reason", reason).body();
    show(client.post("/v1/tokens/" + ServiceClient.segment(token) + "/" + turn, why));
  }
}
