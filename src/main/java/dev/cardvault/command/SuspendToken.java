package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Stops a token from opening. */
@Command(name = "suspend", description = "Stops a token from opening.")
final class SuspendToken extends TokenTurn {

  SuspendToken() {
    super("suspend");
  }
}
