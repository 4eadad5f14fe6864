package dev.cardvault.command;

import java.util.List;
import picocli.CommandLine.Command;

/** Lists the keys: everything but the keys themselves. */
@Command(name = "list", description = "Lists the keys: everything but the keys themselves.")
final class ListKeys extends ServiceCommand {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("KEY", "/id"),
          new Column("PURPOSE", "/purpose"),
          new Column("VERSION", "/version"),
          new Column("KEK", "/kek_version"),
          new Column("ACTIVE", "/active"),
          new Column("RECORDS", "/records"),
          new Column("NODE", "/node"),
          new Column("CREATED", "/created_at"),
          new Column("RETIRED", "/retired_at"));

  ListKeys() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.get("/v1/keys"), COLUMNS);
  }
}
