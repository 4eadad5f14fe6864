package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Places and releases legal holds. */
@Command(
    name = "holds",
    synopsisSubcommandLabel = "COMMAND",
    description = "Legal holds: while one stands, nothing of the audit log leaves or is forgotten.",
    subcommands = {
      ListHolds.class,
      PlaceHold.class,
      ReleaseHold.class,
    })
final class HoldsCommand {}
