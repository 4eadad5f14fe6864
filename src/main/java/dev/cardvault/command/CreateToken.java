package dev.cardvault.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a token for a card. */
@Command(
    name = "create",
    description =
        "Makes a token for a card. The number is typed unseen, or comes as a line on standard input.")
final class CreateToken extends ServiceCommand {

  @Option(
      names = "--expiry",
      paramLabel = "YYYY-MM",
      converter = CardMonth.Converter.class,
      description = "The month the card is good through.")
  @Nullable CardMonth expiry;

  @Option(
      names = "--token-profile",
      paramLabel = "NAME",
      description = "The token profile. By default the one called default.")
  @Nullable String tokenProfile;

  @Option(
      names = "--max-uses",
      paramLabel = "N",
      description = "How often the number may be revealed. By default as the profile says.")
  @Nullable Integer maxUses;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "When the token stops opening, like 2030-01-31T00:00:00Z.")
  @Nullable String expiresAt;

  @Option(
      names = "--metadata",
      paramLabel = "NAME=TEXT",
      description = "What to keep with the token; may be said many times.")
  @Nullable Map<String, String> metadata;

  CreateToken() {
    super("ivr");
  }

  @Override
  void ask(ServiceClient client) {
    Given card = new Given();
    if (expiry != null) {
      card.and("exp_month", expiry.month()).and("exp_year", expiry.year());
    }
    Given rest =
        new Given()
            .and("profile", tokenProfile)
            .and("max_uses", maxUses)
            .and("expires_at", expiresAt)
            .and("metadata", metadata);
    try (TypedCard number = TypedCard.read();
        CardBody body = new CardBody(number, card.values(), rest.values())) {
      show(client.post("/v1/tokens", body.bytes()));
    }
  }
}
