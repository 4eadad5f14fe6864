package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Looks at who may do what. */
@Command(
    name = "clients",
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at who may do what.",
    subcommands = {
      ListClients.class,
      ShowClient.class,
    })
final class ClientsCommand {}
