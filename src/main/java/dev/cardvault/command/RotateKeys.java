package dev.cardvault.command;

import picocli.CommandLine.Command;

/** Begins new versions of the keys. */
@Command(name = "rotate", description = "Begins new versions of the keys.")
final class RotateKeys extends ServiceCommand {

  RotateKeys() {
    super("admin");
  }

  @Override
  void ask(ServiceClient client) {
    show(client.post("/v1/keys/rotate"));
  }
}
