package dev.cardvault.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists jobs, newest first. */
@Command(name = "list", description = "Lists jobs, newest first.")
final class ListJobs extends ServiceCommand {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("JOB", "/id"),
          new Column("TYPE", "/type"),
          new Column("STATE", "/state"),
          new Column("PROGRESS", "/progress"),
          new Column("PROBLEM", "/problem"),
          new Column("CREATED", "/created_at"),
          new Column("FINISHED", "/finished_at"));

  @Mixin Paging paging;

  ListJobs() {
    super("compliance");
  }

  @Override
  void ask(ServiceClient client) {
    paging.pages(client, "/v1/jobs", new Given(), page -> show(page, COLUMNS));
  }
}
