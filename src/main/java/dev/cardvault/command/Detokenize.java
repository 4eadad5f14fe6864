package dev.cardvault.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gets a card back. */
@Command(
    name = "detokenize",
    description =
        "Gets a card back, as far as --reveal says. With full, its number is printed on standard output and nowhere else.")
final class Detokenize extends ServiceCommand {

  @Parameters(paramLabel = "TOKEN", description = "The token's text.")
  String token;

  @Option(
      names = "--reveal",
      paramLabel = "LEVEL",
      defaultValue = "masked",
      description = "full, masked, last4, bin_last4 or expiry. By default ${DEFAULT-VALUE}.")
  String level;

  @Option(
      names = "--purpose",
      paramLabel = "PURPOSE",
      required = true,
      description =
          "charge, refund, chargeback, recurring, fraud_review, subject_access, support, migration"
              + " or other; it is written to the audit log.")
  String purpose;

  @Option(
      names = "--reference",
      paramLabel = "TYPE:ID",
      required = true,
      description =
          "For which business record: order, invoice, case or call, a colon, and its id; it is"
              + " written to the audit log.")
  String reference;

  Detokenize() {
    super("billing");
  }

  @Override
  void ask(ServiceClient client) {
    int colon = reference.indexOf(':');
    Given record =
        new Given()
            .and("type", reference.substring(0, Math.max(0, colon)))
            .and("id", reference.substring(colon + 1));
    byte[] wish =
        new Given()
            .and("token", token)
            .and("reveal", level)
            .and("purpose", purpose)
            .and("reference", record.values())
            .body();
    try (Answer card = client.post("/v1/detokenize", wish)) {
      show(card);
    }
  }
}
