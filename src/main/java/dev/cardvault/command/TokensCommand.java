package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Makes tokens, looks at them, and gets cards back. */
@Command(
    name = "tokens",
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes tokens, looks at them, and gets cards back.",
    subcommands = {
      CreateToken.class,
      ListTokens.class,
      ShowToken.class,
      LookUpCard.class,
      SuspendToken.class,
      ResumeToken.class,
      EraseToken.class,
      Detokenize.class,
    })
final class TokensCommand {}
