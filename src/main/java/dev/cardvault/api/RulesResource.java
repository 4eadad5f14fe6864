package dev.cardvault.api;

import dev.cardvault.token.TokenRule;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells how to know a token from a card number, to anybody. */
@Path("/v1/token-rules")
@Produces(MediaType.APPLICATION_JSON)
final class RulesResource {

  private static final RulesAnswer ALL =
      new RulesAnswer(TokenRule.all().stream().map(RulesAnswer.Rule::of).toList());

  /** The rule of each format. */
  @GET
  @Public("Whoever holds a token may find out that it is none of a card's numbers")
  @NonBlocking
  public RulesAnswer rules() {
    return ALL;
  }
}
