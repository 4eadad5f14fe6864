package dev.cardvault.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists audit events, newest first. */
@Command(name = "events", description = "Lists audit events, newest first.")
final class ListEvents extends ServiceCommand {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("AT", "/at"),
          new Column("ACTION", "/action"),
          new Column("OUTCOME", "/outcome"),
          new Column("ACTOR", "/actor"),
          new Column("PURPOSE", "/purpose"),
          new Column("REFERENCE", "/reference/id"),
          new Column("TOKEN", "/token_id"),
          new Column("FROM", "/source_address"),
          new Column("EVENT", "/id"));

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "At or after, like 2026-01-31T00:00:00Z.")
  @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before.")
  @Nullable String to;

  @Option(names = "--client", paramLabel = "ID", description = "The client that asked.")
  @Nullable String client;

  @Option(names = "--action", paramLabel = "ACTION", description = "What was asked for.")
  @Nullable String action;

  @Option(names = "--outcome", paramLabel = "OUTCOME", description = "How it was answered.")
  @Nullable String outcome;

  @Option(names = "--token", paramLabel = "TOKEN", description = "On which token.")
  @Nullable String token;

  @Option(names = "--purpose", paramLabel = "PURPOSE", description = "Why a card was asked for.")
  @Nullable String purpose;

  @Option(names = "--reference", paramLabel = "ID", description = "For which business record.")
  @Nullable String reference;

  @Option(names = "--call", paramLabel = "ID", description = "On which call.")
  @Nullable String call;

  @Mixin Paging paging;

  ListEvents() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient asked) {
    Given filter =
        new Given()
            .and("from", from)
            .and("to", to)
            .and("client", client)
            .and("action", action)
            .and("outcome", outcome)
            .and("token", token)
            .and("purpose", purpose)
            .and("reference", reference)
            .and("call_id", call);
    paging.pages(asked, "/v1/audit-events", filter, page -> show(page, COLUMNS));
  }
}
