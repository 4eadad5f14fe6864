package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Looks at keys and begins new versions. */
@Command(
    name = "keys",
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at keys and begins new versions.",
    subcommands = {
      ListKeys.class,
      RotateKeys.class,
    })
final class KeysCommand {}
