package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Reads and checks the audit log. */
@Command(
    name = "audit",
    synopsisSubcommandLabel = "COMMAND",
    description = "Reads and checks the audit log.",
    subcommands = {
      ListEvents.class,
      ShowEvent.class,
      SaveEvents.class,
      ForgetWords.class,
    })
final class AuditCommand {}
