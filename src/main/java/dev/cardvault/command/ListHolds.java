package dev.cardvault.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists legal holds, released ones included. */
@Command(name = "list", description = "Lists legal holds, newest first, released ones included.")
final class ListHolds extends ServiceCommand {

  static final List<Column> COLUMNS =
      List.of(
          new Column("HOLD", "/id"),
          new Column("REASON", "/reason"),
          new Column("PLACED", "/placed_at"),
          new Column("BY", "/placed_by"),
          new Column("RELEASED", "/released_at"));

  @Mixin Paging paging;

  ListHolds() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    paging.pages(client, "/v1/legal-holds", new Given(), page -> show(page, COLUMNS));
  }
}
