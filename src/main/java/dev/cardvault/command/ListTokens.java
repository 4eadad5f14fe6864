package dev.cardvault.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists tokens, newest first. */
@Command(name = "list", description = "Lists tokens, newest first.")
final class ListTokens extends ServiceCommand {

  static final List<Column> COLUMNS =
      List.of(
          new Column("TOKEN", "/token"),
          new Column("STATUS", "/status"),
          new Column("BRAND", "/card/brand"),
          new Column("CARD", "/card/masked"),
          new Column("PROFILE", "/profile"),
          new Column("USES", "/uses"),
          new Column("CREATED", "/created_at"));

  @Option(names = "--last4", paramLabel = "DIGITS", description = "The card's last four digits.")
  @Nullable String lastFour;

  @Option(names = "--brand", paramLabel = "BRAND", description = "The card's network.")
  @Nullable String brand;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "active, suspended, expired or erased.")
  @Nullable String status;

  @Option(names = "--call", paramLabel = "ID", description = "The call the card came in on.")
  @Nullable String call;

  @Option(names = "--token-profile", paramLabel = "NAME", description = "The token profile.")
  @Nullable String tokenProfile;

  @Mixin Paging paging;

  ListTokens() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    Given filter =
        new Given()
            .and("last4", lastFour)
            .and("brand", brand)
            .and("status", status)
            .and("call_id", call)
            .and("profile", tokenProfile);
    paging.pages(client, "/v1/tokens", filter, page -> show(page, COLUMNS));
  }
}
