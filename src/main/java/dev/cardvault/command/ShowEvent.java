package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows an audit event. */
@Command(name = "event", description = "Shows an audit event.")
final class ShowEvent extends ServiceCommand {

  @Parameters(paramLabel = "EVENT", description = "The event's id.")
  String event;

  ShowEvent() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.get("/v1/audit-events/" + ServiceClient.segment(event)));
  }
}
