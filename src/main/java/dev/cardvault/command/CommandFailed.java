package dev.cardvault.command;

import dev.cardvault.ops.ExitCode;

/** Why a command did not do what it was asked: a sentence for whoever typed it. */
final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  CommandFailed(ExitCode exitCode, String sentence) {
    super(sentence, null, false, false);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
