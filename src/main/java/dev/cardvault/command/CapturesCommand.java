package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Opens captures and steers them. */
@Command(
    name = "captures",
    synopsisSubcommandLabel = "COMMAND",
    description = "Opens captures of cards on calls, looks at them and steers them.",
    subcommands = {
      OpenCapture.class,
      ShowCapture.class,
      SteerCapture.class,
      HangUpCapture.class,
    })
final class CapturesCommand {}
