package dev.cardvault.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets what people wrote in events. */
@Command(
    name = "forget",
    description =
        "Forgets what people wrote in events: names, addresses, references, calls. The events stay,"
            + " and so does every proof.")
final class ForgetWords extends ServiceCommand {

  @Option(names = "--basis", paramLabel = "TEXT", required = true, description = "Why.")
  String basis;

  @Parameters(paramLabel = "EVENT", arity = "1..1000", description = "Their ids, evt_...")
  List<String> events;

  ForgetWords() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    show(
        client.post(
            "/v1/audit-erasures", new Given().and("events", events).and("basis", basis).body()));
  }
}
