package dev.cardvault.command;

import java.util.Map;
import picocli.CommandLine.Command;

/** Lists the tokens of a card. */
@Command(
    name = "lookup",
    description =
        "Lists the tokens of a card. The number is typed unseen, or comes as a line on standard input.")
final class LookUpCard extends ServiceCommand {

  LookUpCard() {
    super("billing");
  }

  @Override
  void ask(ServiceClient client) {
    try (TypedCard number = TypedCard.read();
        CardBody body = new CardBody(number, Map.of(), Map.of())) {
      show(client.post("/v1/tokens/lookup", body.bytes()), ListTokens.COLUMNS);
    }
  }
}
