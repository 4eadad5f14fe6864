package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Looks at work that takes longer than a request. */
@Command(
    name = "jobs",
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at work that takes longer than a request, waits for it and stops it.",
    subcommands = {
      ListJobs.class,
      ShowJob.class,
      AwaitJob.class,
      CancelJob.class,
    })
final class JobsCommand {}
