package dev.cardvault.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the clients, with what they may do. */
@Command(name = "list", description = "Lists the clients, with what they may do.")
final class ListClients extends ServiceCommand {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("CLIENT", "/id"),
          new Column("NAME", "/name"),
          new Column("STATUS", "/status"),
          new Column("SCOPES", "/scopes"),
          new Column("REVEALS", "/reveal_levels"),
          new Column("CREATED", "/created_at"));

  @Mixin Paging paging;

  ListClients() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    paging.pages(client, "/v1/clients", new Given(), page -> show(page, COLUMNS));
  }
}
