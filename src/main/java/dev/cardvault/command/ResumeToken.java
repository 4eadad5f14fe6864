package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Lets a suspended token open again. */
@Command(name = "resume", description = "Lets a suspended token open again.")
final class ResumeToken extends TokenTurn {

  ResumeToken() {
    super("resume");
  }
}
